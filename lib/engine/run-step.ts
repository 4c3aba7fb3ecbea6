import { type ErrorCode, type ErrorInfo, errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { StepKind, StepOfKind, WorkKind } from "#lib/domain/step.ts";
import type { StepContext, StepHandler } from "#lib/steps/context.ts";
import { stepHandlers } from "#lib/steps/registry.ts";
import { endCancelled, jobSucceeded, watchCancel } from "./cancel-step.ts";
import { crashPoint } from "./crash-points.ts";
import { fail, finish, Interrupted, type StepAttempt, safeProbe, uncertain } from "./end-step.ts";
import { type RunRuntime, stepContext } from "./step-runtime.ts";
import { hostIsBack } from "./wait-for-host.ts";

/** Errors after which it is not known whether the command did its work. */
const outcomeUnknown: ReadonlySet<ErrorCode> = new Set([
  "ssh.connection_lost",
  "command.timeout",
  "job.lost",
  "metadb.unreachable",
]);

/** A step that loses its hosts more often than this is for a person to look at. */
const lossesAtMost = 5;

/**
 * Does one step from its start, or from where an earlier process left it, to a journalled end.
 *
 * @param stop this process ends, or has lost the run
 * @param cancel somebody wants the step to be ended; the wish is in the journal
 * @throws Interrupted when the engine stops; the next one takes the step up
 */
export async function runStep<K extends StepKind>(
  runtime: RunRuntime,
  step: StepOfKind<K>,
  stop: AbortSignal,
  cancel: AbortSignal,
): Promise<void> {
  const handler = stepHandlers[step.kind as K & WorkKind] as unknown as StepHandler<K>;
  const before = runtime.journal.state.steps[step.id];
  if (!before) throw new RangeError(`step ${step.id} is not in the journal`);
  const last = { runtime, handler, step, attempt: before.attempt, stop, cancel, losses: 0 };

  if (before.status === "running") return takeUp(last);

  const of = { ...last, attempt: before.attempt + 1 };
  const started = { type: "step.started", stepId: step.id, attempt: of.attempt } as const;
  crashPoint("before-started", step.id);
  // A retry: the attempt before may have done the work after all.
  if (before.attempt > 0 && !handler.repeatable) {
    const probe = await safeProbe(last, true);
    await runtime.journal.append(started);
    if (probe.state === "done") return finish(of, probe.output, "probe");
  } else {
    await runtime.journal.append(started);
  }
  await perform(of);
}

/** A step that was running when the last process died. */
async function takeUp<K extends StepKind>(of: StepAttempt<K>): Promise<void> {
  const { handler, step, attempt, cancel } = of;
  const { journal } = of.runtime;
  const at = { stepId: step.id, attempt };
  const again = async () => {
    await journal.append({ type: "step.reattached", ...at });
    await perform(of);
  };
  if (handler.repeatable || cancel.aborted) return again();
  const probe = await safeProbe(of, true);
  switch (probe.state) {
    case "attach":
      return again();
    case "done":
      return finish(of, probe.output, "probe");
    case "unknown":
      return uncertain(of, {
        ...{ code: "step.probe_unknown", ...probe.silence },
        message: probe.why,
        remedy: probe.remedy,
        retryable: false,
      });
    case "absent": {
      // The interrupted attempt can no longer happen, so a new one begins.
      await journal.append(
        { type: "step.reset", stepId: step.id, by: { userId: "system", name: "Uplift" } },
        { type: "step.started", stepId: step.id, attempt: attempt + 1 },
      );
      return perform({ ...of, attempt: attempt + 1 });
    }
  }
}

/**
 * Runs the step. A host that gives no answer meanwhile is waited for; then the step is taken up as one
 * whose process has died.
 */
async function perform<K extends StepKind>(of: StepAttempt<K>): Promise<void> {
  if ((await performOnce(of)) === "ended") return;
  await takeUp({ ...of, losses: of.losses + 1 });
}

async function performOnce<K extends StepKind>(
  of: StepAttempt<K>,
): Promise<"ended" | "host-was-away"> {
  const { runtime, handler, step, attempt, stop, cancel } = of;
  const deadline = AbortSignal.timeout(step.timeoutMs);
  using cancelling = watchCancel(of);
  if (cancel.aborted) {
    const trouble = await cancelling.ended();
    if (trouble || !(await jobSucceeded(of))) {
      await endCancelled(of, trouble, null);
      return "ended";
    }
  }
  const signal = AbortSignal.any([stop, deadline, cancelling.waiting]);
  const context = stepContext(runtime, step, attempt, signal);
  try {
    crashPoint("after-started", step.id);
    const output = await handler.run(context);
    await cancelling.ended();
    await finish(of, output, "run");
  } catch (error) {
    if (stop.aborted) throw new Interrupted();
    const info = deadline.aborted && !cancel.aborted ? deadlineError(context) : errorInfo(error);
    runtime.ports.report(`step ${step.id} ended with ${info.code}`, error);
    const mayWait = of.losses < lossesAtMost && !deadline.aborted && !cancel.aborted;
    const back = mayWait && (await hostIsBack(of, info, context.note));
    if (stop.aborted) throw new Interrupted();
    if (cancel.aborted) {
      const trouble = await cancelling.ended();
      await endCancelled(of, trouble, cancelling.waiting.aborted ? null : info.message);
      return "ended";
    }
    if (back) return "host-was-away";
    context.note(`${info.message} ${info.remedy}`);
    return endBadly(of, info);
  }
  return "ended";
}

/**
 * Failed, unless it is not known whether the step did its work; then a look tells, or nobody can. A job
 * that a restart of its host has ended, without a trace of its work, is begun anew.
 */
async function endBadly<K extends StepKind>(
  of: StepAttempt<K>,
  info: ErrorInfo,
): Promise<"ended" | "host-was-away"> {
  const { handler, losses } = of;
  if (handler.repeatable || !outcomeUnknown.has(info.code)) {
    await fail(of, info);
    return "ended";
  }
  const probe = await safeProbe(of, false);
  switch (probe.state) {
    case "done":
      await finish(of, probe.output, "probe");
      return "ended";
    case "absent":
      if (info.code === "job.lost" && losses < lossesAtMost) return "host-was-away";
      await fail(of, info);
      return "ended";
    case "unknown":
      await uncertain(of, { ...info, remedy: probe.remedy });
      return "ended";
    case "attach":
      await uncertain(of, info);
      return "ended";
  }
}

function deadlineError<K extends StepKind>(context: StepContext<K>): ErrorInfo {
  const minutes = Math.round(context.step.timeoutMs / 60_000);
  return errorInfo(
    new UpliftError(
      "command.timeout",
      `The step did not end within its deadline of ${minutes} min. Nothing was killed; it may still go on.`,
      { remedy: "Look at its log and at the host; then retry, mark it done, or roll back." },
    ),
  );
}
