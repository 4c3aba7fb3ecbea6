import { replay } from "#lib/domain/apply-event.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { RunEventBody } from "#lib/domain/events.ts";
import type { RunId, StepId } from "#lib/domain/ids.ts";
import { planWithout } from "#lib/domain/leave-out/plan-without.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { hasEnded, type RunState } from "#lib/domain/run.ts";
import { isWork, type WorkStep } from "#lib/domain/step.ts";
import { Redactor } from "#lib/log/redact.ts";
import type { Claim, OperatorCommand } from "#lib/store/types.ts";
import { decideCommand } from "./decide-command.ts";
import { Interrupted } from "./end-step.ts";
import { HostWatch } from "./host-watch.ts";
import type { Janitor } from "./janitor.ts";
import { JournalWriter } from "./journal-writer.ts";
import { LogWriter } from "./log-writer.ts";
import { allSettled, gatesReached, nextSteps, troubledSteps, waitingGates } from "./next-steps.ts";
import type { EngineOptions, EnginePorts } from "./ports.ts";
import { redactBody } from "./redaction.ts";
import { lockSteps, nodesLost, RunLocks } from "./run-locks.ts";
import { runStep } from "./run-step.ts";
import { StepLog } from "./step-log.ts";

/** What a worker has from its engine. */
export interface Surroundings {
  janitor: Pick<Janitor, "afterEnd">;
  stop: AbortSignal;
}

/** Works on one run until it is paused or has ended; then the run waits in the database. */
export class RunWorker {
  readonly #ports: EnginePorts;
  readonly #options: EngineOptions;
  readonly #claim: Claim;
  readonly #journal: JournalWriter;
  readonly #logs: LogWriter;
  readonly #redactor = new Redactor();
  readonly #watch: HostWatch;
  readonly #plans = new Map<string, Plan>();
  readonly #locks: RunLocks;
  readonly #janitor: Surroundings["janitor"];
  /** This process ends. */
  readonly #stop: AbortSignal;
  /** The journal cannot be written: steps in flight let go of what they follow. */
  readonly #letStepsGo = new AbortController();
  readonly #inFlight = new Map<StepId, { done: Promise<void>; cancel: AbortController }>();
  #lost: { error: unknown } | null = null;
  #nudge: () => void = () => undefined;

  private constructor(
    ports: EnginePorts,
    options: EngineOptions,
    claim: Claim,
    state: RunState,
    { janitor, stop }: Surroundings,
  ) {
    this.#ports = ports;
    this.#options = options;
    this.#claim = claim;
    this.#locks = new RunLocks(ports, claim, options.process);
    this.#janitor = janitor;
    this.#stop = stop;
    const redact = (text: string) => this.#redactor.redact(text);
    this.#journal = new JournalWriter(ports.journal, claim, state, (body) =>
      redactBody(redact, body),
    );
    this.#logs = new LogWriter(ports.log, claim);
    this.#watch = new HostWatch(ports, this.#journal);
  }

  /** Claims a run and works on it. Resolves when there is nothing more to do for now. */
  static async work(
    ports: EnginePorts,
    options: EngineOptions,
    runId: RunId,
    around: Surroundings,
  ): Promise<void> {
    const claim = await ports.queue.claim(runId, options.worker);
    const state = replay(await ports.journal.read(runId));
    if (!state) throw new RangeError(`run ${runId} has no journal`);
    await new RunWorker(ports, options, claim, state, around).#work();
  }

  async #work(): Promise<void> {
    const unwatch = this.#ports.onWanted(() => this.#nudge());
    const onStop = () => this.#nudge();
    this.#stop.addEventListener("abort", onStop, { once: true });
    try {
      let takenUp = false;
      while (!this.#stop.aborted && !this.#lost) {
        const changed = this.#changed();
        await this.#heed(takenUp);
        if (!isActive(this.#state)) break;
        if (!takenUp) {
          takenUp = true;
          const { worker, generation } = this.#claim;
          await this.#journal.append({ type: "run.taken-up", worker, generation });
        }
        const plan = await this.#plan();
        await this.#reachGates(plan);
        this.#startSteps(plan);
        if (this.#inFlight.size === 0) await this.#conclude();
        else await changed;
      }
      await Promise.all([...this.#inFlight.values()].map(({ done }) => done));
      await this.#watch.stop();
      await this.#logs.flush();
      await this.#journal.flush();
      if (this.#lost) throw this.#lost.error;
      if (hasEnded(this.#state.status)) await this.#letGo();
    } finally {
      await this.#watch.stop();
      unwatch();
      this.#stop.removeEventListener("abort", onStop);
    }
  }

  /** Takes up what operators want; a run that goes on, or is new here, tells its hosts whose it is. */
  async #heed(takenUp: boolean): Promise<void> {
    const stood = !isActive(this.#state);
    const told = stood ? nodesLost(await this.#plan(), this.#state) : [];
    await this.#consumeCommands();
    this.#passOnCancels();
    // Who was told that a host is no longer the run's, and retries, wants it back.
    const retried = told.filter(({ stepId }) => this.#state.steps[stepId]?.status === "pending");
    const goesOn = isActive(this.#state) && (stood || !takenUp);
    if (!goesOn && retried.length === 0) return;
    const retake = new Set(retried.map(({ nodeId }) => nodeId));
    await this.#locks.renew(await this.#plan(), this.#state, retake);
  }

  /** The run has ended, so its hosts are free; one that gives no answer now is freed later. */
  async #letGo(): Promise<void> {
    const left = await this.#janitor.afterEnd(this.#claim.runId);
    const plan = await this.#plan();
    for (const { nodeId, why } of left) {
      const step = lockSteps(plan, nodeId)[0];
      const attempt = step ? (this.#state.steps[step.id]?.attempt ?? 0) : 0;
      if (!step || attempt === 0) continue;
      const log = new StepLog(this.#logs, this.#redactor, this.#ports, step.id, attempt);
      log.note(nodeId, `The lock could not be taken away yet; that is tried again. ${why}`);
    }
    await this.#logs.flush();
  }

  get #state(): RunState {
    return this.#journal.state;
  }

  /** The plan of the leg under way, as it is carried out without nodes that were left out. */
  async #plan(): Promise<Plan> {
    const { leg, plans } = this.#state;
    const planId = plans.findLast((plan) => plan.leg === leg)?.planId;
    if (!planId) throw new RangeError(`run ${this.#claim.runId} has no plan for its ${leg} leg`);
    const known = this.#plans.get(planId) ?? (await this.#ports.queue.plan(planId));
    this.#plans.set(planId, known);
    return planWithout(known, this.#state);
  }

  /** Says in the journal that gates wait from now on; what does not depend on them goes on. */
  async #reachGates(plan: Plan): Promise<void> {
    const bodies = gatesReached(plan, this.#state).map(
      (stepId): RunEventBody => ({ type: "gate.reached", stepId }),
    );
    if (bodies.length > 0) await this.#journal.append(...bodies);
  }

  #startSteps(plan: Plan): void {
    const work = plan.steps.filter(isWork);
    const interrupted = work.filter(
      (step) => this.#state.steps[step.id]?.status === "running" && !this.#inFlight.has(step.id),
    );
    const fresh = nextSteps(plan, this.#state, this.#options).filter(
      (step) => !this.#inFlight.has(step.id),
    );
    for (const step of [...interrupted, ...fresh]) this.#start(plan, step);
  }

  #start(plan: Plan, step: WorkStep): void {
    const runtime = {
      ports: this.#ports,
      claim: this.#claim,
      plan,
      journal: this.#journal,
      logs: this.#logs,
      redactor: this.#redactor,
      locks: this.#locks,
      watch: this.#watch,
      patienceMs: this.#options.patienceMs,
    };
    const cancel = new AbortController();
    if (this.#state.steps[step.id]?.cancel) cancel.abort();
    const stop = AbortSignal.any([this.#stop, this.#letStepsGo.signal]);
    const done = runStep(runtime, step, stop, cancel.signal)
      .catch((error: unknown) => {
        if (error instanceof Interrupted) return;
        // The journal could not be written: nothing may be done any more that it would not hold. What
        // the others have begun on hosts goes on there, and is taken up again with the run.
        this.#lost ??= { error };
        this.#letStepsGo.abort();
      })
      .finally(() => {
        this.#inFlight.delete(step.id);
        this.#nudge();
      });
    this.#inFlight.set(step.id, { done, cancel });
  }

  /** The wish is on disk by now: what follows from it may happen. */
  #passOnCancels(): void {
    for (const [stepId, { cancel }] of this.#inFlight) {
      if (this.#state.steps[stepId]?.cancel) cancel.abort();
    }
  }

  /** With no step in flight: ends or pauses the leg. */
  async #conclude(): Promise<void> {
    const state = this.#state;
    const troubled = troubledSteps(state);
    if (troubled.length > 0) {
      const uncertain = troubled.some((id) => state.steps[id]?.status === "uncertain");
      await this.#journal.append({
        type: "run.paused",
        reason: uncertain ? "uncertain" : "failed",
        stepIds: troubled,
      });
    } else if (allSettled(state)) {
      await this.#journal.append({
        type: state.leg === "forward" ? "run.succeeded" : "run.rolled-back",
      });
    } else if (state.pauseRequested) {
      await this.#journal.append({ type: "run.paused", reason: "operator", stepIds: [] });
    } else if (waitingGates(state).length > 0) {
      const stepIds = waitingGates(state);
      await this.#journal.append({ type: "run.paused", reason: "gate", stepIds });
    } else {
      throw new RangeError(`no step of run ${state.runId} can start: its plan waits for itself`);
    }
  }

  async #consumeCommands(): Promise<void> {
    for (const command of await this.#ports.commands.waiting(this.#claim.runId)) {
      // A rollback begins when nothing else is going on; until then the command waits.
      if (command.kind === "rollback" && this.#inFlight.size > 0) return;
      const rollback =
        command.kind === "rollback" && command.planId
          ? await this.#ports.queue.plan(command.planId)
          : null;
      const underWay = command.kind === "leave-out" ? await this.#plan() : null;
      await this.#decide(command, (state) => decideCommand(state, command, rollback, underWay));
    }
  }

  /** A rollback that meets another active run of its deployment is refused, not kept for later. */
  async #decide(
    command: OperatorCommand,
    decide: (state: RunState) => RunEventBody[],
  ): Promise<void> {
    try {
      await this.#journal.consume(this.#ports.commands, command, decide);
    } catch (error) {
      if (!(error instanceof UpliftError) || error.code !== "run.active_exists") throw error;
      const { id: commandId, kind, by } = command;
      await this.#journal.consume(this.#ports.commands, command, () => [
        { type: "command.refused", commandId, kind, why: error.message, by },
      ]);
    }
  }

  /** Resolves at the next nudge, or at the poll. */
  #changed(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#options.pollMs);
      this.#nudge = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function isActive(state: RunState): boolean {
  return !hasEnded(state.status) && state.status !== "paused";
}
