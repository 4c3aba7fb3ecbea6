import { applyEvent } from "#lib/domain/apply-event.ts";
import type { DatabaseManifest } from "#lib/domain/backup.ts";
import type { By, RunEventBody } from "#lib/domain/events.ts";
import type { CommandId, NodeId, RunId, StepId } from "#lib/domain/ids.ts";
import { planWithout } from "#lib/domain/leave-out/plan-without.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { Step } from "#lib/domain/step.ts";
import { english } from "#lib/i18n/english.ts";
import { decideCommand } from "../decide-command.ts";
import { allSettled, gatesReached, nextSteps, waitingGates } from "../next-steps.ts";

export const runId = "run_000000000001" as RunId;
export const by: By = { userId: "u1", name: "Operator" };
const bounds = { parallelSteps: 32, parallelStepsPerHost: 4 };

const manifest: DatabaseManifest = {
  ...{ characterSet: "utf8mb4", collation: "utf8mb4_bin", serverVersion: "10.11" },
  ...{ tables: [{ name: "t", rows: 1 }], views: [], triggers: [], routines: [], events: [] },
};

/** A run that is acted without hosts, by the engine's own functions. */
export class ActedRun {
  state: RunState;
  readonly plan: Plan;
  /** Every step as it was carried out, in order. */
  readonly done: Step[] = [];

  constructor(plan: Plan, state: RunState | null = null) {
    this.plan = plan;
    const created: RunEventBody[] = [{ type: "run.created", deploymentId: plan.deploymentId, by }];
    const begun: RunEventBody[] = [
      {
        ...{ type: "leg.started", leg: plan.leg, planId: plan.id, planHash: "h", by },
        stepIds: plan.steps.map(({ id }) => id),
      },
      { type: "run.taken-up", worker: "w", generation: 1 },
    ];
    this.state = applyAll(state, [...(state ? [] : created), ...begun]);
  }

  apply(...bodies: RunEventBody[]): void {
    this.state = applyAll(this.state, bodies);
  }

  /** Goes on until nothing can begin any more; a step that `fails` names stays as it is then. */
  go(fails: (step: Step) => boolean = () => false): Step | null {
    for (;;) {
      const plan = planWithout(this.plan, this.state);
      const gates = gatesReached(plan, this.state);
      this.apply(...gates.map((stepId) => ({ type: "gate.reached", stepId }) as const));
      for (const stepId of waitingGates(this.state)) {
        this.apply({ type: "gate.approved", stepId, note: null, by });
      }
      const [next] = nextSteps(plan, this.state, bounds);
      if (!next) {
        if (gates.length > 0) continue;
        return null;
      }
      if (fails(next)) return next;
      this.done.push(next);
      this.apply(...this.#eventsOf(next));
    }
  }

  /** A step begins, finds no answer, and the run stands. */
  lose(step: Step, host: string, outcome: "failed" | "uncertain"): void {
    const { id: stepId } = step;
    const attempt = (this.state.steps[stepId]?.attempt ?? 0) + 1;
    const error = {
      code: "ssh.unreachable",
      message: "",
      remedy: "",
      retryable: true,
      host,
    } as const;
    this.apply(
      { type: "step.started", stepId, attempt },
      { type: `step.${outcome}`, stepId, attempt, error },
      { type: "run.paused", reason: outcome, stepIds: [stepId] },
    );
  }

  /** @returns why the node is not left out; null when it was */
  leaveOut(stepId: StepId): string | null {
    const command = {
      ...{ id: "cmd_000000000001" as CommandId, runId, kind: "leave-out", stepId },
      ...{ reason: "burned down", by, planId: null, planHash: null, at: "" },
    } as const;
    const bodies = decideCommand(this.state, command as never, null, this.plan);
    const [first] = bodies;
    if (first?.type === "command.refused") return english(first.why);
    this.apply(...bodies);
    return null;
  }

  get isComplete(): boolean {
    return allSettled(this.state);
  }

  #eventsOf(step: Step): RunEventBody[] {
    const at = { stepId: step.id, attempt: (this.state.steps[step.id]?.attempt ?? 0) + 1 };
    const between: RunEventBody[] = [];
    if (step.kind === "database.dump") {
      const { key, database, role, nodeId, directory, file, version } = step.params;
      const stored = { compression: step.params.compression, textBytes: 20 };
      const data = { path: `${directory}/${file}`, bytes: 10, sha256: "a".repeat(64), ...stored };
      const backup = { key, database, role, nodeId, data, objects: null };
      between.push({
        ...{ type: "backup.recorded", stepId: step.id },
        backup: {
          ...backup,
          proven: false,
          manifest: null,
          tool: "10.11",
          rehearsed: false,
          live: false,
          version,
        },
      });
    }
    if (step.kind === "dump.verify" && this.plan.leg === "forward") {
      between.push({ type: "backup.proven", stepId: step.id, key: step.params.key, manifest });
    }
    const output = step.kind === "ha.disable" ? { wasEnabled: true } : {};
    return [
      { type: "step.started", ...at },
      ...between,
      { type: "step.finished", ...at, output, from: "run" },
    ];
  }
}

/** The nodes that a step would use. */
export function nodesUsed({ params }: Step): NodeId[] {
  return [
    ...("nodeId" in params ? [params.nodeId] : []),
    ...("route" in params ? [params.route.via] : []),
    ...("backup" in params ? [params.backup.nodeId] : []),
  ];
}

function applyAll(state: RunState | null, bodies: readonly RunEventBody[]): RunState {
  const end = bodies.reduce<RunState | null>(
    (now, body) =>
      applyEvent(now, {
        ...{ runId, seq: (now?.seq ?? 0) + 1, at: "2026-01-01T00:00:00.000Z", body },
      }),
    state,
  );
  if (!end) throw new RangeError("no events");
  return end;
}
