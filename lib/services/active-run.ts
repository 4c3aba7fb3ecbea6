import type { DeploymentId, RunId } from "#lib/domain/ids.ts";
import type { Plan, RunPurpose } from "#lib/domain/plan.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { isSettled, type RunState, stepsAwaitingPerson, stepsOfLeg } from "#lib/domain/run.ts";
import { type Outage, outageOf } from "#lib/domain/run-view/outage.ts";
import type { Gate, Phase } from "#lib/domain/step.ts";
import { getRun, listActiveRuns } from "./runs.ts";
import type { RunRow } from "./views.ts";

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
  startedBy: string;
  createdAt: string;
}

/** What was said of each run when its journal was so long; every open page asks every two seconds. */
const said = new Map<RunId, { seq: number; run: ActiveRun }>();

/** All runs that are not over, those that wait for a person first. */
export async function activeRuns(actor: Actor): Promise<ActiveRun[]> {
  const rows = await listActiveRuns(actor);
  const runs = await Promise.all(
    rows.map(async (row) => {
      const known = said.get(row.id);
      if (known?.seq === row.lastSeq) return known.run;
      const { state, plans } = await getRun(actor, row.id);
      const run = activeRunOf(row, state, plans);
      // The journal may have grown since the row was read: then it is folded again next time.
      if (state.seq === row.lastSeq) said.set(row.id, { seq: state.seq, run });
      return run;
    }),
  );
  for (const id of said.keys()) if (!rows.some((row) => row.id === id)) said.delete(id);
  const waits = (run: ActiveRun) => Number(run.status === "paused" || run.awaitsPerson);
  return runs.sort((a, b) => waits(b) - waits(a));
}

/** The summary of one run. Pure. */
export function activeRunOf(row: RunRow, state: RunState, plans: readonly Plan[]): ActiveRun {
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
