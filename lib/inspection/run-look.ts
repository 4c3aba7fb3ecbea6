import { type Command, showCommand } from "#lib/commands/command.ts";
import { type ErrorCode, UpliftError } from "#lib/domain/errors.ts";
import type { ExecResult, RemoteHost } from "#lib/remote/types.ts";

/** Deadline of one look, milliseconds. */
export const lookTimeoutMs = 20_000;

/** Runs a look that must succeed. @throws UpliftError with the code and words given */
export async function run(
  host: RemoteHost,
  command: Command,
  about: { code?: ErrorCode; what?: string; remedy?: string },
): Promise<ExecResult> {
  const result = await host.exec(command, { timeoutMs: lookTimeoutMs });
  if (result.code === 0) return result;
  const { name } = host.target;
  const said = (result.stderr || result.stdout).trim().split("\n").slice(-2).join(" ");
  throw new UpliftError(
    result.code === 127 && about.code === "docker.unresponsive"
      ? "docker.missing"
      : (about.code ?? "command.failed"),
    `${about.what ?? `"${showCommand(command)}" failed`} on ${name}: ${said || `exit code ${result.code}`}`,
    { host: name, remedy: about.remedy ?? `Run "${showCommand(command)}" on ${name} by hand.` },
  );
}
