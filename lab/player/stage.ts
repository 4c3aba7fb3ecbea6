import { applyEvent } from "#lib/domain/apply-event.ts";
import type { By, OperatorCommandKind, RunEvent, RunEventBody } from "#lib/domain/events.ts";
import { CommandId, newId, type RunId, type StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { WorkStep } from "#lib/domain/step.ts";
import { decideCommand } from "#lib/engine/decide-command.ts";
import {
  allSettled,
  gatesReached,
  nextSteps,
  troubledSteps,
  waitingGates,
} from "#lib/engine/next-steps.ts";
import { defaultEngineOptions } from "#lib/engine/ports.ts";
import { type Act, actsOf } from "./acts.ts";
import type { RecordedPiece } from "./recording.ts";

/** How a step goes wrong: its acts up to that share of its time, then this. */
export interface Trouble {
  step: StepId;
  share: number;
  event: "step.failed" | "step.uncertain";
  error: Extract<RunEventBody, { type: "step.failed" }>["error"];
}

/**
 * A run without hosts: the engine's own decisions on a clock that is only counted, and steps that
 * act as they do on hosts where nothing is wrong (or as they are told to go wrong).
 */
export class Stage {
  readonly events: RunEvent[] = [];
  readonly log: RecordedPiece[] = [];
  readonly #runId: RunId;
  readonly #by: By;
  readonly #troubles: Trouble[];
  /** What the steps under way will do, by the time at which they do it. */
  #coming: { at: number; stepId: StepId; attempt: number; act: Act }[] = [];
  #state: RunState | null = null;
  #plan: Plan | null = null;
  #now: number;

  /** @param from ms since the epoch */
  constructor(runId: RunId, by: By, from: number, troubles: readonly Trouble[] = []) {
    this.#runId = runId;
    this.#by = by;
    this.#now = from;
    this.#troubles = [...troubles];
  }

  get state(): RunState {
    if (!this.#state) throw new RangeError("nothing was begun on this stage");
    return this.#state;
  }

  /** Begins the forward leg. */
  begin(plan: Plan, planHash: string): void {
    const stepIds = plan.steps.map(({ id }) => id);
    const [by, planId] = [this.#by, plan.id];
    this.#plan = plan;
    this.#say({ type: "run.created", deploymentId: plan.deploymentId, by });
    this.#say({ type: "leg.started", leg: "forward", planId, planHash, stepIds, by });
    this.#now += 300;
    this.#takeUp();
  }

  /** What an operator asks for, some time after what happened last. */
  ask(
    kind: OperatorCommandKind,
    about: { stepId?: StepId; reason?: string; rollback?: Plan; planHash?: string } = {},
    afterMs = 45_000,
  ): void {
    this.#now += afterMs;
    const { stepId = null, reason = null, rollback = null, planHash = null } = about;
    const command = { id: newId(CommandId, "cmd"), runId: this.#runId, kind, stepId, reason };
    const planId = rollback?.id ?? null;
    const effects = decideCommand(
      this.state,
      { ...command, planId, planHash, by: this.#by },
      rollback,
    );
    if (rollback) this.#plan = rollback;
    for (const body of effects) this.#say(body);
    if (isActive(this.state) && kind !== "pause") this.#takeUp();
  }

  /** Goes on until the run stands or has ended, or until `enough` says so. */
  play(enough: (state: RunState, log: readonly RecordedPiece[]) => boolean = () => false): void {
    while (isActive(this.state)) {
      this.#startSteps();
      const next = this.#coming.shift();
      if (next) {
        this.#now = Math.max(this.#now, next.at);
        this.#act(next);
      } else {
        this.#conclude();
      }
      if (enough(this.state, this.log)) return;
    }
  }

  #takeUp(): void {
    this.#say({ type: "run.taken-up", worker: "player", generation: 1 });
  }

  #startSteps(): void {
    const plan = this.#plan;
    if (!plan) return;
    for (const stepId of gatesReached(plan, this.state))
      this.#say({ type: "gate.reached", stepId });
    for (const step of nextSteps(plan, this.state, defaultEngineOptions)) this.#start(step);
  }

  #start(step: WorkStep): void {
    const attempt = (this.state.steps[step.id]?.attempt ?? 0) + 1;
    this.#say({ type: "step.started", stepId: step.id, attempt });
    const coming = this.#wayOf(step, attempt).map((act) => ({
      ...{ at: this.#now + act.afterMs, stepId: step.id, attempt, act },
    }));
    this.#coming = [...this.#coming, ...coming].sort((a, b) => a.at - b.at);
  }

  #wayOf(step: WorkStep, attempt: number): Act[] {
    const acts = actsOf(step, attempt, this.#now);
    const index = this.#troubles.findIndex((trouble) => trouble.step === step.id);
    const [trouble] = index < 0 ? [] : this.#troubles.splice(index, 1);
    if (!trouble) return acts;
    const afterMs = (acts.at(-1)?.afterMs ?? 0) * trouble.share;
    const { event: type, error } = trouble;
    return [
      ...acts.filter((act) => act.afterMs < afterMs),
      {
        afterMs,
        piece: { nodeId: null, stream: "note", text: `${error.message} ${error.remedy}\n` },
      },
      { afterMs, event: { type, stepId: step.id, attempt, error } },
    ];
  }

  #act({ stepId, attempt, act }: { stepId: StepId; attempt: number; act: Act }): void {
    if (act.piece) this.log.push({ stepId, attempt, at: this.#iso(), ...act.piece });
    if (act.event) this.#say(act.event);
  }

  /** With no step under way: what RunWorker says then. */
  #conclude(): void {
    const troubled = troubledSteps(this.state);
    const gates = waitingGates(this.state);
    if (troubled.length > 0) {
      const uncertain = troubled.some((id) => this.state.steps[id]?.status === "uncertain");
      const reason = uncertain ? "uncertain" : "failed";
      this.#say({ type: "run.paused", reason, stepIds: troubled });
    } else if (gates.length > 0) {
      this.#say({ type: "run.paused", reason: "gate", stepIds: gates });
    } else if (allSettled(this.state)) {
      this.#say({ type: this.state.leg === "forward" ? "run.succeeded" : "run.rolled-back" });
    } else {
      this.#say({ type: "run.paused", reason: "operator", stepIds: [] });
    }
  }

  #say(body: RunEventBody): void {
    const seq = this.events.length + 1;
    const event: RunEvent = { runId: this.#runId, seq, at: this.#iso(), body };
    this.#state = applyEvent(this.#state, event);
    this.events.push(event);
  }

  #iso(): string {
    return new Date(this.#now).toISOString();
  }
}

function isActive({ status }: RunState): boolean {
  return status === "queued" || status === "running" || status === "rolling-back";
}
