import type { LabHost } from "#lab/lab.ts";
import { startRollback } from "#lab/product/journey.ts";
import { sleep, waitUntil } from "#lab/shell.ts";
import type { Scene } from "#lab/tests/trouble-scene.ts";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import { type StepState, stepsOfLeg } from "#lib/domain/run.ts";
import type { Step, StepOfKind } from "#lib/domain/step.ts";
import type { RunView } from "#lib/services/views.ts";

/** So often a step is tried again before the operator gives up. */
const patience = 6;

/** A sensible operator by script: looks at what is down, mends it, retries, and marks done only what was seen done. */
export class Operator {
  readonly #scene: Scene;
  readonly #say: (line: string) => void;
  readonly #impatient: boolean;
  readonly #retries = new Map<StepId, number>();
  answers = 0;

  constructor(scene: Scene, say: (line: string) => void, { impatient }: { impatient: boolean }) {
    this.#scene = scene;
    this.#say = say;
    this.#impatient = impatient;
  }

  /**
   * Answers a paused run's troubled steps.
   *
   * @returns "gives up" when retries do not help, and in a forward leg when rolling back is the way it likes better
   */
  async answer(runId: string): Promise<"answered" | "gives up"> {
    const view = await this.#view(runId).catch(() => null);
    // The dashboard may die while it is asked.
    if (view?.state.status !== "paused") return "answered";
    const troubled = stepsOfLeg(view.state).filter(
      ({ status }) => status === "failed" || status === "uncertain",
    );
    if (troubled.length > 0 && this.#impatient && view.state.leg === "forward") return "gives up";
    if (troubled.length === 0) {
      this.#say("operator: resume");
      await this.#command(view, { kind: "resume" });
    }
    for (const state of troubled) {
      const retries = (this.#retries.get(state.id) ?? 0) + 1;
      if (retries > patience) return "gives up";
      this.#retries.set(state.id, retries);
      const step = view.plans.flatMap((plan) => plan.steps).find(({ id }) => id === state.id);
      if (step) await this.#answerStep(view, step, state);
    }
    return "answered";
  }

  /** Plans the rollback and asks for it, until it has begun. @returns what became of the run */
  async rollBack(runId: string): Promise<"rollback" | "abandoned"> {
    for (let tries = 0; tries < 20; tries++) {
      try {
        const view = await this.#view(runId);
        if (view.state.leg === "rollback") return "rollback";
        if (view.state.status === "abandoned") return "abandoned";
        await startRollback(this.#scene.product, runId);
      } catch (error) {
        if (String(error).includes("nothing to roll back")) {
          this.#say("operator: abandons, nothing was changed");
          await this.#scene.command(runId, "abandon", { reason: "chaos" }).catch(() => undefined);
        }
      }
      await sleep(300);
    }
    throw new Error("the rollback could not be begun");
  }

  #view(runId: string): Promise<RunView> {
    return this.#scene.product.ask("GET", `/runs/${runId}`);
  }

  async #answerStep(view: RunView, step: Step, state: StepState): Promise<void> {
    const said = `${state.id} is ${state.status} (${state.error?.message})`;
    await this.#startContainerOf(view, step);
    if (step.kind === "metadata.init" && state.status === "uncertain") {
      const host = this.#host(view, step.params.nodeId);
      // As its remedy says: wait until it has ended, then look.
      await waitUntil(`docker_init.sh on ${host.name} to end`, () => initIsOver(host, step));
      if (await this.#initHasCompleted(host)) {
        this.#say(`operator: ${said}; the MetaDB says that it completed: mark done`);
        const reason = "The MetaDB says that docker_init.sh completed on this node.";
        return this.#command(view, { kind: "mark-done", stepId: step.id, reason });
      }
    }
    this.#say(`operator: ${said}: retry`);
    await this.#command(view, { kind: "retry", stepId: step.id });
  }

  /** What the remedies of these steps ask for: the container that they need must run. */
  async #startContainerOf(view: RunView, step: Step): Promise<void> {
    const needed =
      step.kind === "metadata.init" ||
      step.kind === "services.start" ||
      step.kind === "node.health" ||
      step.kind === "console.restart" ||
      (step.kind === "node.verify" && step.params.mustRun);
    if (!needed) return;
    const { containerName, nodeId } = step.params;
    const host = this.#host(view, nodeId);
    if (await startStopped(host, containerName)) {
      this.#say(`operator: docker start ${containerName} on ${host.name}`);
    }
  }

  #host(view: RunView, nodeId: NodeId): LabHost {
    const name = view.plans[0]?.hosts.find((host) => host.nodeId === nodeId)?.name;
    return this.#scene.lab.host(name ?? "");
  }

  async #initHasCompleted({ address }: LabHost): Promise<boolean> {
    const rows = await this.#scene.lab.metadb.initRuns();
    const { newVersion } = this.#scene.lab.options;
    const last = rows.findLast((row) => row.host === address && row.version === newVersion);
    return last?.status === "succeeded";
  }

  /** The dashboard may die while it is asked, or the run may have moved on: the next look tells. */
  async #command(
    { state }: RunView,
    command: { kind: string; stepId?: StepId; reason?: string },
  ): Promise<void> {
    this.answers += 1;
    await this.#scene.product
      .api("POST", `/runs/${state.runId}/commands`, command)
      .catch(() => undefined);
  }
}

/** Whether no docker_init.sh runs in its container, by `docker top`. */
async function initIsOver(
  host: LabHost,
  { params }: StepOfKind<"metadata.init">,
): Promise<boolean> {
  const { code, stdout } = await host.exec(`docker top ${params.containerName} -eo pid,args`);
  return code !== 0 || !stdout.includes("docker_init.sh");
}

/** Starts a container that exists and does not run. @returns whether it did so */
export async function startStopped(host: LabHost, container: string): Promise<boolean> {
  const seen = await host.exec(`docker inspect -f '{{.State.Running}}' ${container}`);
  if (seen.stdout.trim() !== "false") return false;
  await host.mustExec(`docker start ${container}`);
  return true;
}
