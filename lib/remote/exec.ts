import { StringDecoder } from "node:string_decoder";
import { type Command, showCommand } from "#lib/commands/command.ts";
import {
  type Guard,
  guarded,
  refusalMarker,
  refusedExit,
} from "#lib/commands/lock-scripts/guard.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { connectionLost, notStarted, place } from "./connect-errors.ts";
import type { Link } from "./link.ts";
import { refusedByGuard } from "./lock-errors.ts";
import { openSession, type Session } from "./session.ts";
import { isSudoRefusal, sudoRefused } from "./sudo.ts";
import type { ExecOptions, ExecResult, HostTarget } from "./types.ts";
import { either } from "./until.ts";

/** Standard output and error together; a command with more belongs in a job or a file. */
const outputLimitBytes = 16 * 1024 * 1024;

/**
 * Runs a command once, under the host's lock where there is a guard; see RemoteHost.exec.
 *
 * @param doing what the host refuses when the lock is not the run's, as the middle of a sentence
 */
export async function exec(
  link: Link,
  command: Command,
  options: ExecOptions,
  guard: Guard | null = null,
  doing = `${shortName(command)} ran`,
): Promise<ExecResult> {
  const startedAt = performance.now();
  const { target } = link;
  const name = shortName(command);
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const signal = either(deadline, options.signal);
  let sent = false;
  try {
    const session = await openSession(link, (guard ? guarded(guard, command) : command).argv, {
      kind: "command",
      root: options.root ?? true,
      doing: `${name} ran`,
      signal,
      onSend: () => {
        sent = true;
      },
    });
    const stdin = options.stdin ?? "";
    session.sendInput(typeof stdin === "string" ? stdin : stdin.reveal());
    const ended = await collect(session, target, name, signal, options.onOutput);
    if (session.rootMode !== null && isSudoRefusal(session.rootMode, ended.code, ended.stderr)) {
      throw sudoRefused(target, ended.stderr);
    }
    const refusal = guard && refusalOf(ended);
    if (refusal !== null) throw refusedByGuard(target, doing, refusal);
    return { ...ended, durationMs: performance.now() - startedAt };
  } catch (error) {
    if (deadline.aborted) throw timedOut(target, name, options.timeoutMs, sent);
    throw error;
  }
}

/** Reads a session to its end; closes the channel when it is aborted or says too much. */
function collect(
  session: Session,
  target: HostTarget,
  name: string,
  signal: AbortSignal,
  onOutput: ExecOptions["onOutput"],
): Promise<Omit<ExecResult, "durationMs">> {
  const { channel, connection } = session;
  return new Promise((resolve, reject) => {
    const text = { stdout: "", stderr: "" };
    const decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
    let bytes = 0;
    const fail = (error: unknown) => {
      channel.close();
      reject(error);
    };
    const abort = () => fail(signal.reason);
    const add = (stream: "stdout" | "stderr", piece: string) => {
      if (piece === "") return;
      text[stream] += piece;
      try {
        onOutput?.(stream, piece);
      } catch (error) {
        fail(error);
      }
    };
    const read = (stream: "stdout" | "stderr") => (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > outputLimitBytes) return fail(tooMuch(target, name));
      add(stream, decoders[stream].write(chunk));
    };
    channel.on("data", read("stdout"));
    channel.stderr.on("data", read("stderr"));
    let open = 2;
    const closed = () => {
      open -= 1;
      if (open > 0) return;
      signal.removeEventListener("abort", abort);
      const { exit } = session;
      if (exit === undefined) {
        return reject(connectionLost(target, `${name} ran`, connection.lossCause));
      }
      add("stdout", decoders.stdout.end());
      add("stderr", decoders.stderr.end());
      resolve({ ...exit, ...text });
    };
    // Both streams end on their own; the result needs the last byte of each.
    channel.on("close", closed);
    channel.stderr.on("close", closed);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
  });
}

/** The guard's reason, if it was the guard that ended the command. */
function refusalOf({ code, stderr }: Pick<ExecResult, "code" | "stderr">): string | null {
  if (code !== refusedExit) return null;
  return new RegExp(`^${refusalMarker} (.*)$`, "m").exec(stderr)?.[1] ?? null;
}

/** A command for a sentence: one line, not too long. */
function shortName(command: Command): string {
  const line = showCommand(command).trim().replaceAll(/\s+/g, " ");
  return line.length > 120 ? `\`${line.slice(0, 120)}...\`` : `\`${line}\``;
}

function timedOut(target: HostTarget, name: string, timeoutMs: number, sent: boolean): UpliftError {
  const seconds = timeoutMs / 1000;
  if (!sent) return notStarted(target, name, timeoutMs);
  return new UpliftError(
    "command.timeout",
    `${name} on ${place(target)} did not end within ${seconds} s. It may still be running there.`,
    {
      host: target.name,
      remedy:
        "Look on the host whether it still runs or hangs (disk, Docker daemon) before it is tried again.",
    },
  );
}

function tooMuch(target: HostTarget, name: string): UpliftError {
  return new UpliftError(
    "command.output_unreadable",
    `${name} on ${place(target)} printed more than ${outputLimitBytes / 1024 / 1024} MiB; it was cut off.`,
    { host: target.name, remedy: "Look at its output on the host: this much is not expected." },
  );
}
