import { UpliftError } from "#lib/domain/errors.ts";
import { place } from "./connect-errors.ts";
import type { HostTarget, JobKey } from "./types.ts";

/** A job for a sentence. */
export function jobName({ step, attempt }: JobKey): string {
  return `job ${step} (attempt ${attempt})`;
}

/** It was started and is gone without an exit code. */
export function jobLost(target: HostTarget, key: JobKey, reason: string): UpliftError {
  return new UpliftError(
    "job.lost",
    `The ${jobName(key)} on ${place(target)} was started but did not finish: ${reason}. ` +
      "How far it came is not known.",
    {
      host: target.name,
      remedy:
        "Let the step look at the real state before it is run again; its output is kept on the host.",
    },
  );
}

/**
 * The connection broke while the job ran, and the host no longer lets us in. What kept us out says
 * nothing about the job, so it must not pass for the job's end.
 *
 * @returns the error as it is when it is not one of reaching the host
 */
export function jobOutOfSight(target: HostTarget, key: JobKey, error: unknown): unknown {
  if (!(error instanceof UpliftError)) return error;
  return new UpliftError(
    "ssh.connection_lost",
    `The ${jobName(key)} on ${place(target)} ran when the connection was lost, and it cannot be ` +
      `followed again: ${error.message} The job may go on there.`,
    { host: target.name, remedy: error.remedy, retryable: true, cause: error },
  );
}

/** It can never start under this key. */
export function jobNeverStarted(target: HostTarget, key: JobKey): UpliftError {
  return new UpliftError(
    "job.never_started",
    `The ${jobName(key)} on ${place(target)} did not start, and was then barred from starting late.`,
    { host: target.name, remedy: "Run the step again: it gets a new attempt number." },
  );
}

/** The host cannot hold a job at all; nothing was started. */
export function jobImpossible(target: HostTarget, key: JobKey, reason: string): UpliftError {
  return new UpliftError(
    "command.failed",
    `${place(target)} cannot run the ${jobName(key)}: ${reason}.`,
    {
      host: target.name,
      remedy:
        "Check on the host that the jobs directory can be written by root (free space, inodes, read-only " +
        "file system) and that sh, coreutils and /proc are there.",
    },
  );
}

/** The wait is over, the job is not. */
export function jobStillGoing(
  target: HostTarget,
  key: JobKey,
  timeoutMs: number,
  pid: number | null,
): UpliftError {
  const process = pid === null ? "" : ` (process ${pid})`;
  return new UpliftError(
    "command.timeout",
    `The ${jobName(key)} on ${place(target)} did not end within ${timeoutMs / 1000} s. ` +
      `It may still be running there${process}; nothing was stopped.`,
    {
      host: target.name,
      remedy: "Resume to go on waiting for it, or cancel it.",
      retryable: true,
    },
  );
}
