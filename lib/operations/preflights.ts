import { z } from "zod";
import { Check } from "#lib/domain/facts.ts";
import { DeploymentId, PlanId, PreflightId } from "#lib/domain/ids.ts";
import { UpgradeTarget } from "#lib/domain/plan.ts";
import { type PreflightProgress, verdictOf } from "#lib/domain/preflight.ts";
import { findDeployment, requireInventory } from "#lib/services/inventory-reading.ts";
import {
  keepPreflight,
  keptPreflights,
  lookAndJudge,
  progressOf,
} from "#lib/services/preflight-look.ts";
import { notFound } from "#lib/services/refusals.ts";
import { PreflightRow, PreflightView } from "#lib/services/views.ts";
import { audit } from "#lib/store/audit.ts";
import { db, transaction } from "#lib/store/client.ts";
import { operation, typed } from "./operation.ts";

const ofDeployment = z.object({ deploymentId: DeploymentId });

/**
 * Looks at the whole deployment, changes nothing, and keeps what was found.
 *
 * @throws UpliftError not_found
 */
export const runPreflight = operation({
  name: "preflights.run",
  permission: "plan.create",
  /** Without a target only what every upgrade needs is checked. */
  input: ofDeployment.extend({ target: UpgradeTarget.nullable().default(null) }),
  output: PreflightView,
  async run(actor, { deploymentId, target }) {
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
    return readPreflight(deploymentId, id);
  },
});

/** The newest first. @throws UpliftError not_found */
export const listPreflights = operation({
  name: "preflights.list",
  permission: "inventory.read",
  input: ofDeployment.extend({ take: z.number().int().min(1).default(keptPreflights) }),
  output: z.array(PreflightRow),
  async run(_actor, { deploymentId, take }) {
    const { revision } = await findDeployment(db(), deploymentId);
    const rows = await db().preflight.findMany({
      where: { deploymentId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take,
      omit: { checks: true },
    });
    return rows.map((row) => rowOf(row, revision));
  },
});

/** @throws UpliftError not_found */
export const getPreflight = operation({
  name: "preflights.get",
  permission: "inventory.read",
  input: ofDeployment.extend({ preflightId: PreflightId }),
  output: PreflightView,
  run: (_actor, { deploymentId, preflightId }) => readPreflight(deploymentId, preflightId),
});

/** How far the preflight is that is under way on this dashboard; null: none is. */
export const preflightProgress = operation({
  name: "preflights.progress",
  permission: "inventory.read",
  input: ofDeployment,
  output: typed<PreflightProgress | null>(),
  run: async (_actor, { deploymentId }) => progressOf(deploymentId),
});

async function readPreflight(deploymentId: DeploymentId, id: PreflightId): Promise<PreflightView> {
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
