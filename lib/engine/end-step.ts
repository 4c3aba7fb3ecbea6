import { type ErrorInfo, errorInfo, isNoAnswer } from "#lib/domain/errors.ts";
import type { RunEventBody } from "#lib/domain/events.ts";
import type { StepKind, StepOfKind } from "#lib/domain/step.ts";
import type { Probe, StepHandler, StepOutput } from "#lib/steps/context.ts";
import { crashPoint } from "./crash-points.ts";
import { type RunRuntime, stepContext, toJson } from "./step-runtime.ts";
import { hostIsBack } from "./wait-for-host.ts";

/** The step was interrupted because this process stops or lost the run: nothing may be concluded. */
export class Interrupted extends Error {}

/** One attempt of a step, with what its run shares. */
export interface StepAttempt<K extends StepKind> {
  readonly runtime: RunRuntime;
  readonly handler: StepHandler<K>;
  readonly step: StepOfKind<K>;
  readonly attempt: number;
  /** This process stops, or has lost the run. */
  readonly stop: AbortSignal;
  /** Somebody wants the step to be ended. */
  readonly cancel: AbortSignal;
  /** How often it was taken up because a host had given no answer. */
  readonly losses: number;
}

/**
 * A probe that cannot be made leaves the truth unknown.
 *
 * @param patient whether to wait for a host that gives no answer
 * @throws Interrupted
 */
export async function safeProbe<K extends StepKind>(
  of: StepAttempt<K>,
  patient: boolean,
): Promise<Probe> {
  const { runtime, handler, step, attempt, stop } = of;
  const signal = AbortSignal.any([stop, AbortSignal.timeout(step.timeoutMs)]);
  const context = stepContext(runtime, step, attempt, signal);
  try {
    return await handler.probe(context);
  } catch (error) {
    if (stop.aborted) throw new Interrupted();
    const info = errorInfo(error);
    const back = patient && (await hostIsBack(of, info, context.note));
    if (stop.aborted) throw new Interrupted();
    // Once: a host that is lost again under the probe is for a person to look at.
    if (back) return safeProbe(of, false);
    return {
      state: "unknown",
      why: `Whether the step was done cannot be told: ${info.message}`,
      remedy: info.remedy,
      ...(isNoAnswer(info) && { silence: { code: info.code, host: info.host } }),
    };
  }
}

export async function finish<K extends StepKind>(
  { runtime, step, attempt }: StepAttempt<K>,
  output: StepOutput,
  from: "run" | "probe",
): Promise<void> {
  const body = { type: "step.finished", stepId: step.id, attempt, output: toJson(output), from };
  crashPoint("before-finished", step.id);
  await end(runtime, body as RunEventBody);
  crashPoint("after-finished", step.id);
}

export function fail<K extends StepKind>(
  { runtime, step, attempt }: StepAttempt<K>,
  error: ErrorInfo,
): Promise<void> {
  return end(runtime, { type: "step.failed", stepId: step.id, attempt, error });
}

export function uncertain<K extends StepKind>(
  { runtime, step, attempt }: StepAttempt<K>,
  error: ErrorInfo,
): Promise<void> {
  return end(runtime, { type: "step.uncertain", stepId: step.id, attempt, error });
}

/** The log is stored before the step's end is: whoever sees the end sees the whole log. */
async function end(runtime: RunRuntime, body: RunEventBody): Promise<void> {
  await runtime.logs.flush();
  await runtime.journal.append(body);
}
