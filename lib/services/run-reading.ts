import { replay } from "#lib/domain/apply-event.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { DeploymentId, RunId } from "#lib/domain/ids.ts";
import { Leg, RunPurpose } from "#lib/domain/plan.ts";
import { type RunState, runStatuses } from "#lib/domain/run.ts";
import { db } from "#lib/store/client.ts";
import { activeRunExists } from "#lib/store/journal.ts";
import { planById } from "#lib/store/plans.ts";
import { prismaStore } from "#lib/store/store.ts";
import { notFound } from "./refusals.ts";
import type { RunRow, RunView } from "./views.ts";

/** What is known of a run, folded from its journal. @throws UpliftError not_found */
export async function readState(runId: RunId): Promise<RunState> {
  const state = replay(await prismaStore().journal.read(runId));
  if (state) return state;
  throw new UpliftError("not_found", `There is no run ${runId}.`, {
    remedy: "Open the list of runs.",
  });
}

/** A run with its plans. @throws UpliftError not_found */
export async function readRun(runId: RunId): Promise<RunView> {
  const row = await db().run.findUnique({ where: { id: runId }, include: withDeployment });
  if (!row) throw notFound("run", runId);
  const state = await readState(runId);
  const plans = await Promise.all(state.plans.map((plan) => planById(plan.planId)));
  return { row: runRow(row), state, plans, logSeq: row.lastLog, now: Date.now() };
}

/** @throws UpliftError not_found */
export async function requireRun(runId: RunId): Promise<void> {
  if ((await db().run.count({ where: { id: runId } })) === 0) throw notFound("run", runId);
}

/** @throws UpliftError run.active_exists */
export async function requireNoRun(deploymentId: DeploymentId): Promise<void> {
  const run = await db().run.findUnique({
    where: { activeDeploymentId: deploymentId },
    select: { id: true },
  });
  if (run) throw activeRunExists(null);
}

/** The relation that a row of a list needs. */
export const withDeployment = { deployment: { select: { name: true } } } as const;

export interface StoredRun {
  id: string;
  deploymentId: string;
  deployment: { name: string };
  purpose: string;
  fromVersion: string;
  toVersion: string;
  status: string;
  leg: string;
  lastSeq: number;
  pausedFor: string | null;
  startedBy: string;
  createdAt: Date;
  endedAt: Date | null;
  t1: Date | null;
  t2: Date | null;
  t3: Date | null;
}

export function runRow(row: StoredRun): RunRow {
  const time = (date: Date | null) => date?.toISOString() ?? null;
  return {
    id: RunId.parse(row.id),
    deploymentId: DeploymentId.parse(row.deploymentId),
    deploymentName: row.deployment.name,
    purpose: RunPurpose.parse(row.purpose),
    fromVersion: row.fromVersion,
    toVersion: row.toVersion,
    status: runStatuses.find((status) => status === row.status) ?? "queued",
    leg: Leg.parse(row.leg),
    lastSeq: row.lastSeq,
    pausedFor: row.pausedFor,
    startedBy: row.startedBy,
    createdAt: row.createdAt.toISOString(),
    endedAt: time(row.endedAt),
    t1: time(row.t1),
    t2: time(row.t2),
    t3: time(row.t3),
  };
}
