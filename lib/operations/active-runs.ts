import type { DeploymentId, RunId } from "#lib/domain/ids.ts";
import { planWithout } from "#lib/domain/leave-out/plan-without.ts";
import type { Plan, RunPurpose } from "#lib/domain/plan.ts";
import {
  isSettled,
  isUnderWay,
  type RunState,
  stepsAwaitingPerson,
  stepsOfLeg,
} from "#lib/domain/run.ts";
import { forecast } from "#lib/domain/run-view/forecast.ts";
import { type Outage, outageOf } from "#lib/domain/run-view/outage.ts";
import type { StepTimes } from "#lib/domain/run-view/step-times.ts";
import type { Gate, Phase } from "#lib/domain/step.ts";
import { timesOf } from "#lib/services/measured.ts";
import { readRun, runRow, withDeployment } from "#lib/services/run-reading.ts";
import type { RunRow } from "#lib/services/views.ts";
import { db } from "#lib/store/client.ts";
import { nothing, operation, typed } from "./operation.ts";

/** What every page shows of a run that is not over. */
export interface ActiveRun {
  id: RunId;
  deploymentId: DeploymentId;
  deployment: string;
  purpose: RunPurpose;
  fromVersion: string;
  toVersion: string;
  status: RunRow["status"];
  pausedFor: string | null;
  leg: RunRow["leg"];
  /** The phase that is under way; null before the first and between two. */
  phase: Phase | null;
  /** The gate at which it waits for an approval. */
  gate: Gate | null;
  /** It goes on once a person has done something in the console. */
  awaitsPerson: boolean;
  steps: { done: number; all: number };
  /** Once something was stopped: since when the service has been out, and until when. */
  outage: Outage | null;
  /** How long it will still take, ms; null while it waits, or when nothing tells. */
  left: { ms: number; assumed: boolean } | null;
  startedBy: string;
  createdAt: string;
}

/** A run as of the end of its journal. */
interface Known {
  seq: number;
  run: Omit<ActiveRun, "left">;
  state: RunState;
  /** The plan of its leg. */
  plan: Plan | null;
  times: StepTimes;
}

/** What is known of each run; every open page asks every two seconds. */
const known = new Map<RunId, Known>();

/** All runs that are not over (under way, queued, or waiting for a person), those that wait first. */
export const activeRuns = operation({
  name: "runs.active",
  permission: "run.read",
  input: nothing,
  output: typed<ActiveRun[]>(),
  async run() {
    const stored = await db().run.findMany({
      where: { activeDeploymentId: { not: null } },
      orderBy: { createdAt: "desc" },
      include: withDeployment,
    });
    const rows = stored.map(runRow);
    const runs = await Promise.all(
      rows.map(async (row) => {
        const before = known.get(row.id);
        const now = before?.seq === row.lastSeq ? before : await look(row, before?.times);
        // The journal may have grown since the row was read: then it is folded again next time.
        if (now.seq === row.lastSeq) known.set(row.id, now);
        return { ...now.run, left: leftOf(now, Date.now()) };
      }),
    );
    for (const id of known.keys()) if (!rows.some((row) => row.id === id)) known.delete(id);
    const waits = (run: ActiveRun) => Number(run.status === "paused" || run.awaitsPerson);
    return runs.sort((a, b) => waits(b) - waits(a));
  },
});

/** @param times what was expected of its steps before; it changes with the plans alone */
async function look(row: RunRow, times?: StepTimes): Promise<Known> {
  const { state, plans } = await readRun(row.id);
  const plan = plans.find(({ leg }) => leg === state.leg) ?? null;
  const knows = plan?.steps.every(({ id }) => times?.[id]) ?? true;
  return {
    ...{ seq: state.seq, run: activeRunOf(row, state, plans), state, plan },
    times: times && knows ? times : await timesOf(plans, row.id),
  };
}

/** Pure. @param now ms since the epoch */
function leftOf({ state, plan, times }: Known, now: number): ActiveRun["left"] {
  if (!plan || !isUnderWay(state.status) || stepsAwaitingPerson(state).length > 0) return null;
  const expected = forecast(planWithout(plan, state), times, state, now);
  return expected && { ms: expected.endAt - now, assumed: expected.assumed };
}

/** The summary of one run. Pure. */
function activeRunOf(
  row: RunRow,
  state: RunState,
  plans: readonly Plan[],
): Omit<ActiveRun, "left"> {
  const steps = stepsOfLeg(state);
  const current =
    steps.find((step) => step.status === "failed" || step.status === "uncertain") ??
    steps.find((step) => step.status === "running") ??
    steps.find((step) => step.status === "waiting");
  const planned = plans.flatMap((plan) => plan.steps).find((step) => step.id === current?.id);
  const { id, deploymentId, fromVersion, toVersion, status, pausedFor, leg, startedBy, createdAt } =
    row;
  return {
    ...{ id, deploymentId, fromVersion, toVersion, status, pausedFor, leg, startedBy, createdAt },
    deployment: row.deploymentName,
    purpose: row.purpose,
    phase: planned?.phase ?? null,
    awaitsPerson: stepsAwaitingPerson(state).length > 0,
    gate: planned?.kind === "gate" ? planned.params.before : null,
    steps: {
      done: steps.filter((step) => isSettled(step.status)).length,
      all: steps.length,
    },
    outage: outageOf(state),
  };
}
