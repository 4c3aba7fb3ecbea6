import { type ErrorInfo, errorInfo } from "#lib/domain/errors.ts";
import type { Text } from "#lib/domain/message.ts";
import { cancelWords } from "#lib/domain/run-view/cancel-words.ts";
import type { StepKind, WorkKind } from "#lib/domain/step.ts";
import type { JobState } from "#lib/remote/types.ts";
import { crashPoint } from "./crash-points.ts";
import { fail, finish, Interrupted, type StepAttempt, safeProbe, uncertain } from "./end-step.ts";
import { stepContext } from "./step-runtime.ts";

/** What a step began on its hosts must be ended within this time, milliseconds. */
const endMs = 120_000;
/** Once it is ended, the step's own waiting gets so long to notice it, milliseconds. */
const noticeMs = 15_000;

/** Follows the wish to cancel one attempt of a step. */
export interface CancelWatch extends Disposable {
  /** Aborted when nothing is to be waited for any more. */
  readonly waiting: AbortSignal;
  /** Ending it on the hosts, once somebody wished so: null when it worked, else what stood in the way. */
  ended(): Promise<ErrorInfo | null>;
}

/**
 * From the moment of the wish: ends on the hosts what the step began there, and lets its own waiting
 * hear from the host how that came out. A step that began nothing there just stops waiting.
 */
export function watchCancel<K extends StepKind>(of: StepAttempt<K>): CancelWatch {
  const { handler, cancel } = of;
  const waiting = new AbortController();
  let ending: Promise<ErrorInfo | null> = Promise.resolve(null);
  let late: NodeJS.Timeout | undefined;
  const begin = () => {
    crashPoint("before-cancel", of.step.id);
    if (handler.cancel === null) return waiting.abort();
    ending = endOnHosts(of).then((trouble) => {
      if (trouble) waiting.abort();
      else late = setTimeout(() => waiting.abort(), noticeMs);
      return trouble;
    });
  };
  if (cancel.aborted) begin();
  else cancel.addEventListener("abort", begin, { once: true });
  return {
    waiting: waiting.signal,
    ended: () => ending,
    [Symbol.dispose]() {
      cancel.removeEventListener("abort", begin);
      clearTimeout(late);
    },
  };
}

async function endOnHosts<K extends StepKind>(of: StepAttempt<K>): Promise<ErrorInfo | null> {
  const { runtime, handler, step, attempt, stop } = of;
  const signal = AbortSignal.any([stop, AbortSignal.timeout(endMs)]);
  const context = stepContext(runtime, step, attempt, signal);
  context.note("Cancelled: what it began on the host is being ended.");
  try {
    await handler.cancel?.(context);
    return null;
  } catch (error) {
    runtime.ports.report(`step ${step.id} could not be cancelled`, error);
    return errorInfo(error);
  }
}

/**
 * What has become of the job of a step that was cancelled before this process began to wait for it:
 * one that had come to a good end by itself is still to be taken up.
 *
 * @throws Interrupted
 */
export async function jobSucceeded<K extends StepKind>(of: StepAttempt<K>): Promise<boolean> {
  const { runtime, handler, step, attempt, stop } = of;
  if (handler.cancel === null || !("nodeId" in step.params)) return false;
  const context = stepContext(runtime, step, attempt, stop);
  let state: JobState;
  try {
    state = await context.jobState(step.params.nodeId);
  } catch {
    if (stop.aborted) throw new Interrupted();
    return false;
  }
  return state.state === "exited" && state.exitCode === 0;
}

/**
 * Journals how a cancelled step ended: failed when nothing of it goes on, done when it turns out to
 * have been, uncertain when the host could not be asked.
 *
 * @param trouble why it could not be ended
 * @param said what its own waiting was told, if anything
 * @throws Interrupted
 */
export async function endCancelled<K extends StepKind>(
  of: StepAttempt<K>,
  trouble: ErrorInfo | null,
  said: Text | null,
): Promise<void> {
  const { runtime, handler, step, stop } = of;
  if (stop.aborted) throw new Interrupted();
  const wish = runtime.journal.state.steps[step.id]?.cancel;
  const who = wish ? `Cancelled by ${wish.by.name} ("${wish.reason}").` : "Cancelled.";
  const error = (message: Text, remedy: Text, host?: string): ErrorInfo => ({
    code: "step.cancelled",
    message,
    remedy,
    retryable: false,
    ...(host === undefined ? {} : { host }),
  });
  if (trouble) {
    return uncertain(
      of,
      error(
        `${who} It could not be ended and may still go on: ${trouble.message}`,
        `${trouble.remedy} Retry takes up what still runs; or roll back.`,
        trouble.host,
      ),
    );
  }
  const { leaves, mend } = cancelWords(step.kind as WorkKind);
  const remedy = `${leaves} ${mend}`;
  if (handler.cancel === null && !handler.repeatable) {
    const probe = await safeProbe(of, false);
    if (probe.state === "done") return finish(of, probe.output, "probe");
    if (probe.state === "unknown") {
      return uncertain(of, error(`${who} ${probe.why}`, probe.remedy));
    }
  }
  await fail(of, error([who, said].filter(Boolean).join(" "), remedy));
}
