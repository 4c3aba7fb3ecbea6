import { type ErrorCode, type ErrorInfo, errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { RunEventBody } from "#lib/domain/events.ts";
import type { StepKind, StepOfKind, WorkKind } from "#lib/domain/step.ts";
import type { Probe, StepContext, StepHandler } from "#lib/steps/context.ts";
import { stepHandlers } from "#lib/steps/registry.ts";
import { crashPoint } from "./crash-points.ts";
import { type RunRuntime, stepContext, toJson } from "./step-runtime.ts";

/** Errors after which it is not known whether the command did its work. */
const outcomeUnknown: ReadonlySet<ErrorCode> = new Set([
  "ssh.connection_lost",
  "command.timeout",
  "job.lost",
  "metadb.unreachable",
]);

/** The step was interrupted because this process stops or lost the run: nothing may be concluded. */
export class Interrupted extends Error {}

/**
 * Does one step from its start, or from where an earlier process left it, to a journalled end.
 *
 * @throws Interrupted when the engine stops; the next one takes the step up
 */
export async function runStep<K extends StepKind>(
  runtime: RunRuntime,
  step: StepOfKind<K>,
  stop: AbortSignal,
): Promise<void> {
  const handler = stepHandlers[step.kind as K & WorkKind] as unknown as StepHandler<K>;
  const before = runtime.journal.state.steps[step.id];
  if (!before) throw new RangeError(`step ${step.id} is not in the journal`);

  if (before.status === "running") return takeUp(runtime, handler, step, before.attempt, stop);

  const attempt = before.attempt + 1;
  crashPoint("before-started", step.id);
  // A retry: the attempt before may have done the work after all.
  if (before.attempt > 0 && !handler.repeatable) {
    const probe = await safeProbe(runtime, handler, step, before.attempt, stop);
    await runtime.journal.append({ type: "step.started", stepId: step.id, attempt });
    if (probe.state === "done") return finish(runtime, step, attempt, probe.output, "probe");
  } else {
    await runtime.journal.append({ type: "step.started", stepId: step.id, attempt });
  }
  await perform(runtime, handler, step, attempt, stop);
}

/** A step that was running when the last process died. */
async function takeUp<K extends StepKind>(
  runtime: RunRuntime,
  handler: StepHandler<K>,
  step: StepOfKind<K>,
  attempt: number,
  stop: AbortSignal,
): Promise<void> {
  const { journal } = runtime;
  const at = { stepId: step.id, attempt };
  const again = async () => {
    await journal.append({ type: "step.reattached", ...at });
    await perform(runtime, handler, step, attempt, stop);
  };
  if (handler.repeatable) return again();
  const probe = await safeProbe(runtime, handler, step, attempt, stop);
  switch (probe.state) {
    case "attach":
      return again();
    case "done":
      return finish(runtime, step, attempt, probe.output, "probe");
    case "unknown":
      return uncertain(runtime, step, attempt, {
        code: "step.probe_unknown",
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
      return perform(runtime, handler, step, attempt + 1, stop);
    }
  }
}

async function perform<K extends StepKind>(
  runtime: RunRuntime,
  handler: StepHandler<K>,
  step: StepOfKind<K>,
  attempt: number,
  stop: AbortSignal,
): Promise<void> {
  const deadline = AbortSignal.timeout(step.timeoutMs);
  const context = stepContext(runtime, step, attempt, AbortSignal.any([stop, deadline]));
  try {
    crashPoint("after-started", step.id);
    const output = await handler.run(context);
    await finish(runtime, step, attempt, output, "run");
  } catch (error) {
    if (stop.aborted) throw new Interrupted();
    const info = deadline.aborted ? deadlineError(context) : errorInfo(error);
    runtime.ports.report(`step ${step.id} ended with ${info.code}`, error);
    context.note(`${info.message} ${info.remedy}`);
    if (handler.repeatable || !outcomeUnknown.has(info.code)) {
      return end(runtime, { type: "step.failed", stepId: step.id, attempt, error: info });
    }
    const probe = await safeProbe(runtime, handler, step, attempt, stop);
    if (probe.state === "done") return finish(runtime, step, attempt, probe.output, "probe");
    if (probe.state === "absent") {
      return end(runtime, { type: "step.failed", stepId: step.id, attempt, error: info });
    }
    const more = probe.state === "unknown" ? { remedy: probe.remedy } : {};
    await uncertain(runtime, step, attempt, { ...info, ...more });
  }
}

/** A probe that cannot be made leaves the truth unknown. */
async function safeProbe<K extends StepKind>(
  runtime: RunRuntime,
  handler: StepHandler<K>,
  step: StepOfKind<K>,
  attempt: number,
  stop: AbortSignal,
): Promise<Probe> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(step.timeoutMs)]);
  const context = stepContext(runtime, step, attempt, signal);
  try {
    return await handler.probe(context);
  } catch (error) {
    if (stop.aborted) throw new Interrupted();
    const info = errorInfo(error);
    return {
      state: "unknown",
      why: `Whether the step was done cannot be told: ${info.message}`,
      remedy: info.remedy,
    };
  }
}

async function finish<K extends StepKind>(
  runtime: RunRuntime,
  step: StepOfKind<K>,
  attempt: number,
  output: Record<string, unknown>,
  from: "run" | "probe",
): Promise<void> {
  const body = { type: "step.finished", stepId: step.id, attempt, output: toJson(output), from };
  crashPoint("before-finished", step.id);
  await end(runtime, body as RunEventBody);
  crashPoint("after-finished", step.id);
}

function uncertain<K extends StepKind>(
  runtime: RunRuntime,
  step: StepOfKind<K>,
  attempt: number,
  error: ErrorInfo,
): Promise<void> {
  return end(runtime, { type: "step.uncertain", stepId: step.id, attempt, error });
}

/** The log is stored before the step's end is: whoever sees the end sees the whole log. */
async function end(runtime: RunRuntime, body: RunEventBody): Promise<void> {
  await runtime.logs.flush();
  await runtime.journal.append(body);
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
