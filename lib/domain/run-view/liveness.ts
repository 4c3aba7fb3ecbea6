import type { StepState } from "../run.ts";
import type { Step } from "../step.ts";

/** How alive a running step looks; all spans in milliseconds. */
export interface Liveness {
  /** Since the attempt began. */
  elapsedMs: number;
  /** What the attempt may take at most; `late` once it has taken longer. */
  deadlineMs: number;
  late: boolean;
  /** For longer than is normal for its kind. */
  silent: boolean;
  /** Since the last sign of life: its output, its progress, or its start. */
  silentMs: number;
}

export interface Signs {
  /** When the attempt began and when the step last reported progress, ISO 8601. */
  startedAt: StepState["startedAt"];
  progress: Pick<NonNullable<StepState["progress"]>, "at"> | null;
  /** When the step last said something in the log, ISO 8601. */
  outputAt: string | undefined;
}

/**
 * What can be said of a running step's life. Pure. A clock that is behind the journal's (a browser's
 * that was just set) gives zero, never a negative span.
 *
 * @param now the server's clock, ms since the epoch
 */
export function livenessOf(
  { timeoutMs, quietMs }: Pick<Step, "timeoutMs" | "quietMs">,
  { startedAt, progress, outputAt }: Signs,
  now: number,
): Liveness {
  const at = (time: string | null | undefined) => (time ? [Date.parse(time)] : []);
  const [began = now] = at(startedAt);
  const heard = Math.max(began, ...at(progress?.at), ...at(outputAt));
  const elapsedMs = Math.max(0, now - began);
  const silentMs = Math.max(0, now - heard);
  return {
    elapsedMs,
    deadlineMs: timeoutMs,
    late: elapsedMs > timeoutMs,
    silent: silentMs > quietMs,
    silentMs,
  };
}
