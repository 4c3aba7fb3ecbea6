import { z } from "zod";
import { Check } from "#lib/domain/facts.ts";
import { type DeploymentId, newId, PlanId, PreflightId } from "#lib/domain/ids.ts";
import { UpgradeTarget } from "#lib/domain/plan.ts";
import { type PreflightProgress, type Verdict, verdictOf } from "#lib/domain/preflight.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { audit } from "#lib/store/audit.ts";
import { db, type Tx, transaction } from "#lib/store/client.ts";
import { findDeployment, requireInventory } from "./inventory-reading.ts";
import { permit } from "./permit.ts";
import { lookAndJudge, progressOf } from "./preflight-look.ts";
import { notFound } from "./refusals.ts";
import { parseRequest } from "./request-invalid.ts";

/** Of each deployment so many are kept; the audit remembers that there were more. */
const kept = 50;

/** A preflight in a list. */
export interface PreflightRow extends Verdict {
  id: PreflightId;
  createdAt: string;
  createdBy: string;
  tookMs: number;
  /** The version it was made for; null for a look without a target. */
  version: string | null;
  /** The plan it was made for, passed or not. */
  planId: PlanId | null;
  /** The deployment has changed since. */
  outdated: boolean;
}

export interface PreflightView extends PreflightRow {
  deploymentId: DeploymentId;
  target: UpgradeTarget | null;
  checks: Check[];
}

const Request = z.object({ target: UpgradeTarget.nullable().default(null) }).default({
  target: null,
});

/**
 * Looks at the whole deployment, changes nothing, and keeps what was found.
 *
 * @param input `{ target }`; without one only what every upgrade needs is checked
 * @throws UpliftError request.invalid, not_found, forbidden
 */
export async function runPreflight(
  actor: Actor,
  deploymentId: DeploymentId,
  input: unknown,
): Promise<PreflightView> {
  permit(actor, "plan.create");
  const { target } = parseRequest(Request, input ?? {});
  const inventory = await requireInventory(deploymentId);
  const { checks, tookMs } = await lookAndJudge(actor, inventory, target);
  const id = await transaction(async (tx) => {
    const { revision } = inventory;
    const made = { deploymentId, revision, target, planId: null, checks, tookMs };
    const kept = await keepPreflight(tx, actor, made);
    const detail = { deploymentId, ...verdictOf(checks) };
    await audit(tx, actor, "preflight.run", { type: "preflight", id: kept }, detail);
    return kept;
  });
  return getPreflight(actor, deploymentId, id);
}

interface NewPreflight {
  deploymentId: DeploymentId;
  revision: number;
  target: UpgradeTarget | null;
  planId: PlanId | null;
  checks: Check[];
  tookMs: number;
}

/** Stores a preflight and lets go of the oldest ones. For services, which have checked who asks. */
export async function keepPreflight(
  tx: Tx,
  actor: Pick<Actor, "name" | "userId">,
  { checks, target, ...rest }: NewPreflight,
): Promise<PreflightId> {
  const id = newId(PreflightId, "pre");
  await tx.preflight.create({
    data: {
      ...rest,
      ...verdictOf(checks),
      id,
      checks: JSON.stringify(checks),
      target: target ? JSON.stringify(target) : "",
      createdBy: actor.name,
      createdById: actor.userId,
      createdAt: new Date(),
    },
  });
  const old = await tx.preflight.findMany({
    where: { deploymentId: rest.deploymentId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    skip: kept,
    select: { id: true },
  });
  if (old.length > 0) {
    await tx.preflight.deleteMany({ where: { id: { in: old.map((one) => one.id) } } });
  }
  return id;
}

/** The newest first. @throws UpliftError forbidden, not_found */
export async function listPreflights(
  actor: Actor,
  deploymentId: DeploymentId,
  take = kept,
): Promise<PreflightRow[]> {
  permit(actor, "inventory.read");
  const { revision } = await findDeployment(db(), deploymentId);
  const rows = await db().preflight.findMany({
    where: { deploymentId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take,
    omit: { checks: true },
  });
  return rows.map((row) => rowOf(row, revision));
}

/** @throws UpliftError forbidden, not_found */
export async function getPreflight(
  actor: Actor,
  deploymentId: DeploymentId,
  id: PreflightId,
): Promise<PreflightView> {
  permit(actor, "inventory.read");
  const { revision } = await findDeployment(db(), deploymentId);
  const row = await db().preflight.findUnique({ where: { id } });
  if (row?.deploymentId !== deploymentId) throw notFound("preflight", id);
  return {
    ...rowOf(row, revision),
    deploymentId,
    target: targetOf(row.target),
    checks: Check.array().parse(JSON.parse(row.checks)),
  };
}

/** How far the preflight is that is under way on this dashboard; null: none is. @throws UpliftError forbidden */
export function preflightProgress(
  actor: Actor,
  deploymentId: DeploymentId,
): PreflightProgress | null {
  permit(actor, "inventory.read");
  return progressOf(deploymentId);
}

type Row = Omit<
  NonNullable<Awaited<ReturnType<ReturnType<typeof db>["preflight"]["findUnique"]>>>,
  "checks"
>;

function rowOf(row: Row, revision: number): PreflightRow {
  const { passed, warnings, failed, unknown, tookMs, createdBy } = row;
  return {
    ...{ passed, warnings, failed, unknown, tookMs, createdBy },
    id: PreflightId.parse(row.id),
    createdAt: row.createdAt.toISOString(),
    version: targetOf(row.target)?.version ?? null,
    planId: row.planId === null ? null : PlanId.parse(row.planId),
    outdated: row.revision !== revision,
  };
}

function targetOf(text: string): UpgradeTarget | null {
  return text === "" ? null : UpgradeTarget.parse(JSON.parse(text));
}
