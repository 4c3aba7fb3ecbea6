import { UpliftError } from "#lib/domain/errors.ts";
import type { StepId } from "#lib/domain/ids.ts";
import { remainingPlan } from "#lib/domain/leave-out/plan-without.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { attemptsBegun } from "#lib/domain/run.ts";
import type { Step } from "#lib/domain/step.ts";
import { makeStep } from "./make-step.ts";
import {
  lockNodes,
  restartConsoles,
  startOld,
  stopNew,
  verifyNodes,
} from "./rollback/containers.ts";
import {
  type RollbackDepth,
  type RollbackRequest,
  rollbackDepth,
  startedSteps,
  stepsOf,
} from "./rollback/history.ts";
import { proveBackups, restorables, restoreDatabases } from "./rollback/restore-databases.ts";
import { rollbackWarnings, rollbackWords } from "./rollback/words.ts";

/**
 * The way back (docs/domain, section 4): a pure function of what the journal says happened. If no
 * container was stopped only HA is restored; if no schema was touched no database is dropped.
 *
 * @throws UpliftError plan.blocked when there is nothing to undo, or a backup is missing
 */
export function planRollback(given: RollbackRequest): Plan {
  const { planId, run } = given;
  const forward = remainingPlan(given.forward, run);
  const request = { ...given, forward };
  const depth = rollbackDepth(given.forward, run);
  if (depth === "nothing") {
    throw new UpliftError(
      "plan.blocked",
      "This run has changed nothing, so there is nothing to roll back.",
      { remedy: "Abandon the run." },
    );
  }
  const backups = depth === "databases" ? restorables(request) : [];
  const steps: Step[] = [];
  const add = (step: Step): StepId => {
    steps.push(step);
    return step.id;
  };

  // A host that is down must not keep HA from being restored when nothing else was touched.
  const through = stepsOf(forward, "ha.disable")[0]?.params.route.via ?? null;
  const locked = lockNodes(forward, depth === "ha" ? through : null, add);
  const verified = depth === "ha" ? locked : verifyNodes(request, locked, add);
  const proven = proveBackups(backups, locked, add);
  const quiet = switchHaOff(request, [...verified, ...proven], add);
  const online = depth === "ha" ? quiet : bringBackOld(request, depth, quiet, add, backups);
  const haBack = switchHaBack(request, online, add);
  if (depth !== "ha") restartConsoles(request, haBack, add);

  return {
    ...forward,
    id: planId,
    leg: "rollback",
    steps,
    summary: rollbackWords(request, depth, backups.length),
    warnings: rollbackWarnings(given, depth),
    initialisation: [],
    undoes: { runId: run.runId, attempts: attemptsBegun(run, "forward") },
    backups: backups.map(({ backup }) => backup),
  };
}

/** HA is on again only if the forward leg got that far; otherwise it still is off. */
function switchHaOff(
  request: RollbackRequest,
  after: StepId[],
  add: (step: Step) => StepId,
): StepId[] {
  const off = stepsOf(request.forward, "ha.disable")[0];
  if (!off || startedSteps(request, "ha.enable").length === 0) return after;
  const { scope, params, timeoutMs, quietMs } = off;
  const limits = { timeoutMs, quietMs };
  const step = { kind: "ha.disable", phase: "ha-off", scope, params, after, ...limits } as const;
  return [add(makeStep({ id: "rollback.ha-off", ...step }))];
}

/** New containers down, databases as they were, old containers up. @returns what HA waits for */
function bringBackOld(
  request: RollbackRequest,
  depth: RollbackDepth,
  after: StepId[],
  add: (step: Step) => StepId,
  backups: ReturnType<typeof restorables>,
): StepId[] {
  const { down, retired } = stopNew(request, after, add);
  // No database goes before every new container is down; every backup was proven before that.
  const restored = depth === "databases" ? restoreDatabases(backups, down, add) : [];
  return startOld(request, [...down, ...retired, ...restored], add);
}

/** The restored metadata is as old as T1: the interval reaches back beyond it. */
function switchHaBack(
  request: RollbackRequest,
  after: StepId[],
  add: (step: Step) => StepId,
): StepId[] {
  const [off, on] = [
    stepsOf(request.forward, "ha.disable")[0],
    stepsOf(request.forward, "ha.enable")[0],
  ];
  if (!off || !on) return after;
  const found = request.run.steps[off.id]?.output as { wasEnabled?: unknown } | null;
  const enable = typeof found?.wasEnabled === "boolean" ? found.wasEnabled : on.params.enable;
  return [
    add(
      makeStep({
        id: "rollback.ha-on",
        kind: "ha.enable",
        phase: "ha-on",
        scope: on.scope,
        params: { ...on.params, enable, since: "T1", mark: "HA_BACK" },
        after,
        timeoutMs: off.timeoutMs,
        quietMs: off.quietMs,
      }),
    ),
  ];
}
