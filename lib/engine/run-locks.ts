import type { LockClaim } from "#lib/commands/lock-scripts/guard.ts";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { LockHolder } from "#lib/domain/lock.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { isWork } from "#lib/domain/step.ts";
import { lockRefused } from "#lib/remote/lock-errors.ts";
import { lockText } from "#lib/remote/lock-text.ts";
import type { LockOptions } from "#lib/remote/types.ts";
import type { Claim } from "#lib/store/types.ts";
import { hostOf } from "./next-steps.ts";
import type { EnginePorts } from "./ports.ts";

/** A host that does not answer keeps a run from being taken up for so long, milliseconds. */
const renewWithinMs = 3_000;

/** The locks of one claimed run on its hosts (docs/adr, "Locks on hosts"). */
export class RunLocks {
  readonly #ports: Pick<EnginePorts, "host" | "dashboard" | "lockStanding" | "now" | "report">;
  readonly #claim: Claim;
  readonly #process: string;

  /** @param process tells this engine from every other one that may claim the run */
  constructor(
    ports: Pick<EnginePorts, "host" | "dashboard" | "lockStanding" | "now" | "report">,
    claim: Claim,
    process: string,
  ) {
    this.#ports = ports;
    this.#claim = claim;
    this.#process = process;
  }

  /**
   * What is presented on a host before something is changed there; undefined where the plan takes no
   * lock: it was made by a release that had none.
   */
  async claimOn(plan: Plan, nodeId: NodeId): Promise<LockClaim | undefined> {
    return lockSteps(plan, nodeId).length > 0 ? this.#lockClaim() : undefined;
  }

  /**
   * Takes the lock of a host. One that an ended run of this dashboard has left is taken over.
   *
   * @returns what the lock says
   * @throws UpliftError lock.held, lock.lost (it could not be made), run.generation_lost, ssh.*
   */
  async take(nodeId: NodeId, plan: Plan, state: RunState, options: LockOptions): Promise<string> {
    const host = await this.#ports.host(nodeId);
    const [claim, holder] = [await this.#lockClaim(), await this.#holder(plan, state)];
    let answer = await host.lock.take(claim, holder, options);
    if (answer.state === "taken" && (await this.#ports.lockStanding(answer.lock)) === "own-ended") {
      await host.lock.break(answer.lock, null, options);
      answer = await host.lock.take(claim, holder, options);
    }
    if (answer.state !== "held") throw lockRefused(host.target, "it was to be locked", answer);
    return lockText(holder);
  }

  /**
   * Tells every host that this process has the run now, so that whoever had it before is refused. A
   * host that does not answer is told with the first command that reaches it.
   *
   * @param retake where a person was told that the lock was taken from the run, and let it go on
   */
  async renew(plan: Plan, state: RunState, retake: ReadonlySet<NodeId>): Promise<void> {
    const claim = await this.#lockClaim();
    const holder = await this.#holder(plan, state);
    await Promise.all(
      plan.hosts.map(async ({ nodeId, name }) => {
        if (nodeId in state.leftOut) return;
        const steps = lockSteps(plan, nodeId).map(({ id }) => state.steps[id]);
        const begun = steps.some((step) => step !== undefined && step.attempt > 0);
        // Before its first step a rollback finds the locks of the upgrade that was paused.
        if (steps.length === 0 || (!begun && state.leg === "forward")) return;
        try {
          const host = await this.#ports.host(nodeId);
          const options = { timeoutMs: renewWithinMs };
          await host.lock.take(claim, retake.has(nodeId) ? holder : null, options);
        } catch (error) {
          this.#ports.report(`the lock of ${name} could not be renewed yet`, error);
        }
      }),
    );
  }

  async #lockClaim(): Promise<LockClaim> {
    const { installation } = await this.#ports.dashboard();
    const { runId: run, generation } = this.#claim;
    return { installation, run, generation, process: this.#process };
  }

  async #holder(plan: Plan, state: RunState): Promise<LockHolder> {
    const leg = state.plans.findLast((one) => one.leg === state.leg);
    return {
      dashboard: await this.#ports.dashboard(),
      runId: this.#claim.runId,
      deployment: plan.deploymentName,
      startedBy: (leg?.by ?? state.startedBy).name,
      since: new Date(this.#ports.now()).toISOString(),
    };
  }
}

/** The nodes on which steps have failed because the lock is no longer the run's. */
export function nodesLost(plan: Plan, state: RunState): { stepId: StepId; nodeId: NodeId }[] {
  return plan.steps.filter(isWork).flatMap((step) => {
    const { status, error } = state.steps[step.id] ?? {};
    const lost = error?.code === "lock.lost" || error?.code === "lock.held";
    return status === "failed" && lost ? [{ stepId: step.id, nodeId: hostOf(step) }] : [];
  });
}

/** The steps of a plan that take the lock of a host. */
export function lockSteps(plan: Plan, nodeId: NodeId) {
  return plan.steps.filter((step) => step.kind === "node.lock" && step.params.nodeId === nodeId);
}
