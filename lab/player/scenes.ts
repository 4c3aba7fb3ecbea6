import type { By } from "#lib/domain/events.ts";
import { newId, PlanId, RunId, type StepId } from "#lib/domain/ids.ts";
import { type Plan, planHash } from "#lib/domain/plan.ts";
import { type RunState, stepsAwaitingPerson } from "#lib/domain/run.ts";
import type { Gate, StepKind } from "#lib/domain/step.ts";
import { assess } from "#lib/planner/assess.ts";
import { exampleTarget, healthyFacts } from "#lib/planner/example-deployments.ts";
import { planRollback } from "#lib/planner/plan-rollback.ts";
import { planUpgrade } from "#lib/planner/plan-upgrade.ts";
import { type Fleet, fleet } from "./fleet.ts";
import type { RecordedPiece, Recording } from "./recording.ts";
import { Stage, type Trouble } from "./stage.ts";

/** The points at which a generated run can be looked at. */
export const sceneNames = [
  "queued",
  "backup",
  "gate",
  "console",
  "init",
  "paused",
  "failed",
  "uncertain",
  "succeeded",
  "rolling-back",
  "rolled-back",
  "abandoned",
] as const;
export type SceneName = (typeof sceneNames)[number];

/** A run, and how many of its events have happened at the point. */
export interface Scene {
  recording: Recording;
  upTo: number;
}

const by: By = { userId: "player", name: "Operator" };
/** When every run on a stage begins; it is moved when it is played. */
const opening = Date.parse("2026-01-01T02:00:00.000Z");

const lostConnection: Pick<Trouble, "event" | "error"> = {
  event: "step.uncertain",
  error: {
    code: "job.lost",
    message: "The host was started again while docker_init.sh ran, and the job left no exit code.",
    remedy: "Look at the log and at OMS on the host; then retry, mark it done, or roll back.",
    retryable: false,
  },
};
const initFailed: Pick<Trouble, "event" | "error"> = {
  event: "step.failed",
  error: {
    code: "init.failed",
    message:
      'The initialisation of the metadata failed: "docker exec oms_331 bash /root/docker_init.sh" ended with exit code 1: ERROR 1235 (0A000): Modify large text/lob column not supported',
    remedy: "Mend the cause and retry, or roll back: every database has a proven backup.",
    retryable: false,
  },
};

/** A run of a two-region upgrade up to a point, made by the real planner and the engine's decisions. */
export async function scene(name: SceneName, about: Omit<Fleet, "about">): Promise<Scene> {
  const gates: Gate[] = name === "gate" ? ["init"] : [];
  const cast = await castOf({ ...about, about: name }, gates);
  const { plan } = cast.forward;
  const init = first(plan, "metadata.init");
  const troubles: Trouble[] =
    name === "failed" || name === "abandoned"
      ? [{ step: init, share: 0.5, ...initFailed }]
      : name === "uncertain"
        ? [{ step: init, share: 0.7, ...lostConnection }]
        : [];
  const stage = new Stage(cast.runId, by, opening, troubles);
  stage.begin(plan, cast.forward.hash);
  const recording = (...more: Recording["plans"]): Recording => ({
    inventory: cast.inventory,
    plans: [cast.forward, ...more],
    events: stage.events,
    log: stage.log,
  });
  const whole = () => ({ recording: recording(), upTo: stage.events.length });
  /** Up to here, with what comes afterwards for whoever wants to see it go on. */
  const cutHere = () => {
    const upTo = stage.events.length;
    stage.play();
    return { recording: recording(), upTo };
  };

  switch (name) {
    case "queued": {
      stage.play();
      return { recording: recording(), upTo: 2 };
    }
    case "backup":
      stage.play((state) => succeeded(state, plan, "database.dump") > 0);
      return cutHere();
    case "init":
      stage.play((_state, log) => hasSaid(log, init, "[Step 3]"));
      return cutHere();
    case "console":
      stage.play((state) => stepsAwaitingPerson(state).some(({ id }) => id === "ha-on"));
      return cutHere();
    case "paused":
      stage.play((state) => succeeded(state, plan, "database.dump") > 0);
      stage.ask("pause", {}, 0);
      stage.play();
      return whole();
    case "gate":
    case "failed":
    case "uncertain":
    case "succeeded":
      stage.play();
      return whole();
    case "abandoned":
      stage.play();
      stage.ask("abandon", {
        reason: "The maintenance window is over; it is rolled back by hand.",
      });
      return whole();
    case "rolling-back":
    case "rolled-back": {
      stage.play();
      const back = planRollback({
        planId: newId(PlanId, "pln"),
        forward: plan,
        run: stage.state,
      });
      const hash = await planHash(back);
      stage.ask("rollback", { rollback: back, planHash: hash });
      const rest = { plan: back, hash, checks: [], facts: null, target: null };
      if (name === "rolled-back") {
        stage.play();
        return { recording: recording(rest), upTo: stage.events.length };
      }
      stage.play((state) => succeeded(state, back, "database.restore") > 0);
      const upTo = stage.events.length;
      stage.play();
      return { recording: recording(rest), upTo };
    }
  }
}

async function castOf(about: Fleet, gates: Gate[]) {
  const registered = fleet(about);
  const haWay = about.about === "console" ? ("guided" as const) : registered.settings.haWay;
  const inventory = { ...registered, settings: { ...registered.settings, haWay } };
  const target = { ...exampleTarget("3.3.1", about.chain ? ["3.3.0"] : []), gates };
  const facts = healthyFacts(inventory, target);
  const planId = newId(PlanId, "pln");
  const plan = planUpgrade({ planId, inventory, facts, target });
  const hash = await planHash(plan);
  const checks = assess(inventory, facts, target);
  return { inventory, runId: newId(RunId, "run"), forward: { plan, hash, checks, facts, target } };
}

function first(plan: Plan, kind: StepKind): StepId {
  // In a chain there is more to see in the last hop.
  const hop = plan.hops.length > 0 ? plan.hops.length : null;
  const ofKind = plan.steps.filter((one) => one.kind === kind);
  const step = ofKind.find((one) => one.hop === hop) ?? ofKind[0];
  if (!step) throw new RangeError(`the plan has no ${kind}`);
  return step.id;
}

function succeeded(state: RunState, plan: Plan, kind: StepKind): number {
  return plan.steps.filter(
    (step) => step.kind === kind && state.steps[step.id]?.status === "succeeded",
  ).length;
}

function hasSaid(log: readonly RecordedPiece[], stepId: StepId, text: string): boolean {
  const last = log.at(-1);
  return last?.stepId === stepId && last.text.includes(text);
}
