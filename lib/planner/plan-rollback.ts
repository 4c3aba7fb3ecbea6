import { UpliftError } from "#lib/domain/errors.ts";
import { hopsOf } from "#lib/domain/hops.ts";
import type { StepId } from "#lib/domain/ids.ts";
import { remainingPlan } from "#lib/domain/leave-out/plan-without.ts";
import type { Plan, PlanHop } from "#lib/domain/plan.ts";
import { attemptsBegun, type RunState } from "#lib/domain/run.ts";
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
  fromHop,
  hopOf,
  isReached,
  type RollbackDepth,
  type RollbackRequest,
  rollbackDepth,
  startedSteps,
  stepsOf,
} from "./rollback/history.ts";
import { requireAlone } from "./rollback/metadb-users.ts";
import {
  endRehearsals,
  proveBackups,
  rehearseBackups,
  restorables,
  restoreDatabases,
} from "./rollback/restore-databases.ts";
import { rollbackWarnings, rollbackWords } from "./rollback/words.ts";

/**
 * The way back (docs/domain, section 4): a pure function of what the journal says happened. If no
 * container was stopped only HA is restored; if no schema was touched no database is dropped.
 *
 * @throws UpliftError plan.blocked when there is nothing to undo, or a backup is missing
 */
export function planRollback(given: RollbackRequest): Plan {
  const { planId, run, hop = 1 } = given;
  const back = requireHop(given.forward, run, hop);
  const forward = fromHop(remainingPlan(given.forward, run), hop);
  const request = { ...given, forward, hop };
  const depth = rollbackDepth(forward, run);
  if (depth === "nothing" && hop === 1) {
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
  const onlyHa = depth === "ha" || depth === "nothing";
  const through = stepsOf(forward, "ha.enable")[0]?.params.route.via ?? null;
  const locked = lockNodes(forward, onlyHa ? through : null, add);
  const verified = onlyHa ? locked : verifyNodes(request, locked, add);
  const alone =
    depth === "databases" ? requireAlone(request, { ...early, after: locked }, add) : [];
  const proven = [
    ...alone,
    ...proveBackups(backups, locked, add),
    ...endRehearsals(request, locked, add),
  ];
  const tried = rehearseBackups(planId, backups, proven, add);
  const quiet = switchHaOff(request, [...verified, ...(tried.length > 0 ? tried : proven)], add);
  const online = onlyHa ? quiet : bringBackOld(request, depth, quiet, add, backups);
  const haBack = switchHaBack(request, online, add);
  if (!onlyHa) restartConsoles(request, haBack, add);

  return {
    ...forward,
    id: planId,
    leg: "rollback",
    fromVersion: back.fromVersion,
    steps,
    summary: rollbackWords(request, depth, backups.length),
    warnings: rollbackWarnings(given, depth),
    initialisation: [],
    undoes: { runId: run.runId, attempts: attemptsBegun(run, "forward"), hop },
    backups: backups.map(({ backup }) => backup),
  };
}

/** Before anything is stopped, and again when every container is. */
const early = { id: "verify", phase: "verify", users: "registered" } as const;
const late = { id: "alone", phase: "recreate", users: "nobody" } as const;

/** @throws UpliftError plan.blocked for a hop that the plan does not have, or that was not come to */
function requireHop(forward: Plan, run: RunState, hop: number): PlanHop {
  const wanted = hopsOf(forward)[hop - 1];
  if (wanted && isReached(forward, run, hop)) return wanted;
  throw new UpliftError(
    "plan.blocked",
    wanted
      ? `${wanted.fromVersion} was not reached: not every step of the upgrade to it has ended well.`
      : `The upgrade has no hop ${hop}.`,
    { remedy: "Roll back to an earlier release, or to the beginning." },
  );
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
  // No database goes before every new container is down and nothing else is seen to use it; every backup was
  // proven before that.
  const restored =
    depth === "databases"
      ? restoreDatabases(backups, requireAlone(request, { ...late, after: down }, add), add)
      : [];
  return startOld(request, [...down, ...retired, ...restored], add);
}

/** The restored metadata is as old as T1: the interval reaches back beyond it. */
function switchHaBack(
  request: RollbackRequest,
  after: StepId[],
  add: (step: Step) => StepId,
): StepId[] {
  const { forward, run, hop = 1 } = request;
  const [off, on] = [stepsOf(forward, "ha.disable")[0], stepsOf(forward, "ha.enable")[0]];
  if (!on) return after;
  // What goes back to before HA was switched off has it as it was: only the moment is recorded.
  const switched = off && hopOf(off) <= hop ? run.steps[off.id] : undefined;
  const wasSwitched = (switched?.attempt ?? 0) > 0;
  const found = switched?.output as { wasEnabled?: unknown } | null | undefined;
  const wasEnabled = typeof found?.wasEnabled === "boolean" ? found.wasEnabled : on.params.enable;
  const limits = off ? { timeoutMs: off.timeoutMs, quietMs: off.quietMs } : {};
  return [
    add(
      makeStep({
        id: "rollback.ha-on",
        kind: "ha.enable",
        phase: "ha-on",
        scope: on.scope,
        params: {
          ...on.params,
          ...{ enable: wasSwitched && wasEnabled, asFoundBy: null, since: "T1", mark: "HA_BACK" },
        },
        after,
        ...limits,
      }),
    ),
  ];
}
