import { writeSync } from "node:fs";

/**
 * Places where tests let the process die, to prove that a run goes on from there
 * (docs/architecture.md, "Resume"). In production nothing is set and nothing happens.
 *
 * `UPLIFT_CRASH_AT` names points, each as `POINT@STEP` with a step's id, with spaces between them; the
 * first that is passed ends the process. `UPLIFT_STALL_AT` names points in the same way at which the
 * process stands still, each once, until somebody sends it SIGCONT.
 */
export const crashPoints = [
  /** Before the intent to start is committed: the journal knows nothing. */
  "before-started",
  /** The start is committed; nothing was sent to a host. */
  "after-started",
  /** What the step is about to write is committed, and not written. */
  "after-intended",
  /** The host has begun the job. */
  "job-started",
  /** The job has written something, which was read and may not be stored. */
  "job-output",
  /** The job has ended on the host; its exit code is not journalled. */
  "job-ended",
  /** That somebody wants the step cancelled is committed; nothing was ended on a host. */
  "before-cancel",
  /** The step's work is done and its end not committed. */
  "before-finished",
  /** The end is committed; the next step has not begun. */
  "after-finished",
] as const;

export type CrashPoint = (typeof crashPoints)[number];

const fatal = new Set(process.env.UPLIFT_CRASH_AT?.split(" "));
const stalling = new Set(process.env.UPLIFT_STALL_AT?.split(" "));

/** Dies as in a power cut, or stands still, if this is a place that a test has named; says where. */
export function crashPoint(point: CrashPoint, stepId: string): void {
  const here = `${point}@${stepId}`;
  if (stalling.delete(here)) {
    writeSync(2, `uplift-stall ${here}\n`);
    process.kill(process.pid, "SIGSTOP");
  }
  if (!fatal.has(here)) return;
  writeSync(2, `uplift-crash ${here}\n`);
  process.kill(process.pid, "SIGKILL");
}
