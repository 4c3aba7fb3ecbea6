import type { Command } from "#lib/commands/command.ts";
import { showCommand } from "#lib/commands/command.ts";
import { dockerInspect, dockerRestartPolicy } from "#lib/commands/docker.ts";
import { jobExec } from "#lib/commands/job-exec.ts";
import { type ErrorCode, UpliftError } from "#lib/domain/errors.ts";
import type { ContainerFacts } from "#lib/domain/facts.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import type { Text } from "#lib/domain/message.ts";
import type { StepKind } from "#lib/domain/step.ts";
import { readInspect } from "#lib/oms/container.ts";
import type { ExecResult, JobResult } from "#lib/remote/types.ts";
import type { StepContext } from "./context.ts";

/** The last lines of what came back, for a message. */
export function lastLines(text: string, count = 4): string {
  return text.trim().split("\n").slice(-count).join("\n");
}

/** An error for a command that came back with another exit code than 0. */
export function commandFailed(
  host: string,
  command: Command,
  result: Pick<ExecResult, "stdout" | "stderr"> & { code: number | null },
  about: { code?: ErrorCode; what: Text; remedy: Text },
): UpliftError {
  const said = lastLines(result.stderr) || lastLines(result.stdout) || "no output";
  return new UpliftError(
    about.code ?? "command.failed",
    `${about.what} on ${host}: "${showCommand(command)}" ended with exit code ${result.code ?? "none"}: ${said}`,
    { host, remedy: about.remedy },
  );
}

/** An error for a job that ended with another exit code than 0. */
export function jobFailed(
  host: string,
  command: Command,
  result: JobResult,
  about: { what: Text; remedy: Text },
): UpliftError {
  return commandFailed(host, command, { ...result, code: result.exitCode }, about);
}

/** Runs a command and insists on exit code 0. @throws UpliftError */
export async function insist<K extends StepKind>(
  context: StepContext<K>,
  nodeId: NodeId,
  command: Command,
  about: { code?: ErrorCode; what: Text; remedy: Text; timeoutMs?: number },
): Promise<ExecResult> {
  const { timeoutMs } = about;
  const result = await context.exec(nodeId, command, timeoutMs === undefined ? {} : { timeoutMs });
  if (result.code === 0) return result;
  throw commandFailed(context.hostName(nodeId), command, result, about);
}

/** Runs a command as the step's job and insists on exit code 0. @throws UpliftError */
export async function insistJob<K extends StepKind>(
  context: StepContext<K>,
  nodeId: NodeId,
  command: Command,
  about: { what: Text; remedy: Text },
): Promise<JobResult> {
  const result = await context.job({ nodeId, shown: command, ...jobExec(command), secrets: [] });
  if (result.exitCode === 0) return result;
  throw jobFailed(context.hostName(nodeId), command, result, about);
}

/** A container as it is now, or null when there is none of that name. @throws UpliftError */
export async function inspectContainer<K extends StepKind>(
  context: StepContext<K>,
  nodeId: NodeId,
  name: string,
): Promise<ContainerFacts | null> {
  const host = context.hostName(nodeId);
  const command = dockerInspect(name);
  const result = await context.look(nodeId, command);
  if (result.code === 0) return readInspect(result.stdout, host)[0] ?? null;
  if (/no such (container|object)/i.test(result.stderr)) return null;
  throw commandFailed(host, command, result, {
    code: result.code === 127 ? "docker.missing" : "docker.unresponsive",
    what: "Docker gave no answer",
    remedy: `Check that Docker is installed and runs on ${host} (systemctl status docker).`,
  });
}

/** From here on Docker does not start it by itself. Twice does no harm. @throws UpliftError */
export async function takeRestartPolicy<K extends StepKind>(
  context: StepContext<K>,
  nodeId: NodeId,
  container: Pick<ContainerFacts, "name" | "restartPolicy">,
): Promise<void> {
  if (container.restartPolicy !== "no")
    await setRestartPolicy(context, nodeId, container.name, "no");
}

/** Gives a container the policy that it or its predecessor had; with `no` it is left as it is. @throws UpliftError */
export async function giveRestartPolicy<K extends StepKind>(
  context: StepContext<K>,
  nodeId: NodeId,
  container: Pick<ContainerFacts, "name" | "restartPolicy">,
  wanted: string,
): Promise<void> {
  if (wanted !== "no" && container.restartPolicy !== wanted)
    await setRestartPolicy(context, nodeId, container.name, wanted);
}

async function setRestartPolicy<K extends StepKind>(
  context: StepContext<K>,
  nodeId: NodeId,
  name: string,
  wanted: string,
): Promise<void> {
  await insist(context, nodeId, dockerRestartPolicy(name, wanted), {
    what: `The restart policy of ${name} could not be set to ${wanted}`,
    remedy: "Look at Docker on the host, then retry.",
  });
}
