import { z } from "zod";
import { UpliftError } from "#lib/domain/errors.ts";
import { OperatorCommandKind, type RunEvent } from "#lib/domain/events.ts";
import { type CommandId, PlanId, type RunId, StepId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { needsReason, permissionFor, whyNot } from "#lib/domain/run-commands.ts";
import { db } from "#lib/store/client.ts";
import { enqueueCommand } from "#lib/store/commands.ts";
import { createRun } from "#lib/store/create-run.ts";
import { planById } from "#lib/store/plans.ts";
import { prismaStore } from "#lib/store/store.ts";
import { requireGoneNode } from "./leave-out-rules.ts";
import { permit } from "./permit.ts";
import { notFound } from "./refusals.ts";
import { RequestInvalid } from "./request-invalid.ts";
import { requireRollbackPlan } from "./rollback-rules.ts";
import { readState, runRow, type StoredRun, withDeployment } from "./run-reading.ts";
import type { RunRow, RunView } from "./views.ts";

const StartRun = z.object({ planId: PlanId, planHash: z.string() });

/**
 * Starts a run for a reviewed plan; the hash says which text was reviewed.
 *
 * @throws UpliftError plan.*, run.active_exists, not_found, forbidden, request.invalid
 */
export async function startRun(actor: Actor, input: unknown): Promise<RunId> {
  permit(actor, "run.start");
  const parsed = StartRun.safeParse(input);
  if (!parsed.success) throw RequestInvalid.of(parsed.error);
  return createRun({ ...parsed.data, actor });
}

/** Runs that are not over: under way, queued, or waiting for a person. */
export async function listActiveRuns(actor: Actor): Promise<RunRow[]> {
  permit(actor, "run.read");
  const rows = await db().run.findMany({
    where: { activeDeploymentId: { not: null } },
    orderBy: { createdAt: "desc" },
    include: withDeployment,
  });
  return rows.map((row: StoredRun) => runRow(row));
}

/** @throws UpliftError not_found, forbidden */
export async function getRun(actor: Actor, runId: RunId): Promise<RunView> {
  permit(actor, "run.read");
  const row = await db().run.findUnique({ where: { id: runId }, include: withDeployment });
  if (!row) throw notFound("run", runId);
  const state = await readState(runId);
  const plans = await Promise.all(state.plans.map((plan) => planById(plan.planId)));
  return { row: runRow(row), state, plans, logSeq: row.lastLog, now: Date.now() };
}

/** Events after a number, in order. */
export async function runEvents(actor: Actor, runId: RunId, after: number): Promise<RunEvent[]> {
  permit(actor, "run.read");
  await requireRun(runId);
  return prismaStore().journal.read(runId, after);
}

/** A piece of a step's log by offset in characters. */
export async function stepLog(
  actor: Actor,
  runId: RunId,
  stepId: StepId,
  offset: number,
  limit = 256 * 1024,
): Promise<{ text: string; nextOffset: number }> {
  permit(actor, "run.read");
  await requireRun(runId);
  return prismaStore().log.readStep(runId, stepId, offset, limit);
}

const Command = z.object({
  kind: OperatorCommandKind,
  stepId: StepId.nullish(),
  reason: z.string().trim().max(2_000).nullish(),
  planId: PlanId.nullish(),
  planHash: z.string().nullish(),
});

/**
 * Leaves a command for the engine. It is checked against the run as it is now, and again by the
 * engine when its turn comes.
 *
 * @throws UpliftError run.command_not_allowed, plan.hash_differs, request.invalid, forbidden
 */
export async function commandRun(actor: Actor, runId: RunId, input: unknown): Promise<CommandId> {
  const parsed = Command.safeParse(input);
  if (!parsed.success) throw RequestInvalid.of(parsed.error);
  permit(actor, permissionFor(parsed.data.kind));
  const { kind, stepId = null, reason = null, planId = null, planHash = null } = parsed.data;
  const state = await readState(runId);
  const why = whyNot(state, kind, stepId);
  if (why !== null) {
    throw new UpliftError("run.command_not_allowed", why, {
      remedy: "Look at the run again: it has moved on.",
    });
  }
  if (needsReason(kind) && !reason) {
    throw new RequestInvalid([{ path: "reason", message: "Give a reason; the audit keeps it." }]);
  }
  if (kind === "leave-out") await requireGoneNode(state, stepId);
  if (kind === "rollback") await requireRollbackPlan(state, planId, planHash);
  return enqueueCommand({ runId, kind, stepId, reason, planId, planHash, actor });
}

/** @throws UpliftError not_found */
async function requireRun(runId: RunId): Promise<void> {
  if ((await db().run.count({ where: { id: runId } })) === 0) throw notFound("run", runId);
}
