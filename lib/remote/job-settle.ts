import type { Command } from "#lib/commands/command.ts";
import { jobProtocolMarker } from "#lib/commands/job-scripts/common.ts";
import {
  cancelJob as cancelCommand,
  readJobState,
  removeRun,
} from "#lib/commands/job-scripts/settle.ts";
import type { Guard } from "#lib/commands/lock-scripts/guard.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { place } from "./connect-errors.ts";
import { exec } from "./exec.ts";
import { jobImpossible, jobName } from "./job-errors.ts";
import { pathComponent, placeOf } from "./job-names.ts";
import type { Link } from "./link.ts";
import type { JobKey, JobState } from "./types.ts";

const answerTimeoutMs = 30_000;
/** Time between TERM and KILL. */
const graceMs = 10_000;

/** What has become of a job; see RemoteHost.jobState. */
export async function jobState(link: Link, jobsDirectory: string, key: JobKey): Promise<JobState> {
  const answer = await ask(link, key, readJobState(placeOf(jobsDirectory, key)));
  return parseJobState(answer) ?? unreadable(link, key, answer);
}

/** The state from the host's answer; null when it is none. */
export function parseJobState(answer: string): JobState | null {
  const [state, ...words] = answer.split(" ");
  const [first = Number.NaN, second = Number.NaN, third = Number.NaN] = words.map(Number);
  switch (state) {
    case "absent":
      return { state };
    case "running":
      return Number.isSafeInteger(first) ? { state, startedAt: first } : null;
    case "exited":
      if (![first, second, third].every(Number.isSafeInteger)) return null;
      return { state, exitCode: first, startedAt: second, endedAt: third };
    case "lost":
      return { state, reason: words.join(" ") };
    default:
      return null;
  }
}

/** Ends a job's processes: TERM, and KILL after ten seconds; see RemoteHost.cancelJob. */
export async function cancelJob(
  link: Link,
  jobsDirectory: string,
  key: JobKey,
  guard: Guard | null = null,
): Promise<void> {
  const answer = await ask(link, key, cancelCommand(placeOf(jobsDirectory, key), graceMs), guard);
  if (answer === "ended" || answer === "absent") return;
  if (!answer.startsWith("remains ")) unreadable(link, key, answer);
  throw new UpliftError(
    "command.failed",
    `The ${jobName(key)} on ${place(link.target)} could not be ended: process ${answer.slice(8)} is still there after KILL.`,
    {
      host: link.target.name,
      remedy:
        "Look on the host what it waits for (`ps`, state D: a disk or a network file system).",
    },
  );
}

/** Removes a run's job directories; see RemoteHost.removeJobs. */
export async function removeJobs(
  link: Link,
  { jobsDirectory, lockDirectory }: { jobsDirectory: string; lockDirectory: string },
  run: string,
): Promise<void> {
  const key: JobKey = { run, step: "*", attempt: 0 };
  const answer = await ask(link, key, removeRun(jobsDirectory, pathComponent(run), lockDirectory));
  if (answer === "removed") return;
  if (answer === "held") {
    throw new UpliftError(
      "conflict",
      `The jobs of run ${run} on ${place(link.target)} were not removed: the run holds the host.`,
      { host: link.target.name, remedy: "Wait for its end." },
    );
  }
  if (!answer.startsWith("running ")) unreadable(link, key, answer);
  throw new UpliftError(
    "conflict",
    `The jobs of run ${run} on ${place(link.target)} were not removed: ${answer.slice(8)} is still running.`,
    { host: link.target.name, remedy: "Wait for its end or cancel it first." },
  );
}

/** These questions may be asked twice, so a connection that turns out dead is replaced once. */
async function ask(
  link: Link,
  key: JobKey,
  command: Command,
  guard: Guard | null = null,
): Promise<string> {
  const doing = `the ${jobName(key)} was to be ended`;
  const once = () => exec(link, command, { timeoutMs: answerTimeoutMs }, guard, doing);
  const result = await once().catch((error: unknown) => {
    if (error instanceof UpliftError && error.code === "ssh.connection_lost") return once();
    throw error;
  });
  const [, said = ""] = result.stdout.split(`${jobProtocolMarker}\n`);
  const [answer = ""] = said.split("\n");
  if (answer.startsWith("fault ")) throw jobImpossible(link.target, key, answer.slice(6));
  if (answer === "") return unreadable(link, key, (result.stderr || result.stdout).trim());
  return answer;
}

function unreadable(link: Link, key: JobKey, answer: string): never {
  throw new UpliftError(
    "command.output_unreadable",
    `${place(link.target)} gave no readable answer about the ${jobName(key)}: ${JSON.stringify(answer.slice(0, 200))}.`,
    {
      host: link.target.name,
      retryable: true,
      remedy: "Check that sh, coreutils and /proc are usable on the host.",
    },
  );
}
