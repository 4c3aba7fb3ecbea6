import { perProcess } from "#lib/config/per-process.ts";
import type { Check, DeploymentFacts } from "#lib/domain/facts.ts";
import { type DeploymentId, newId, type PlanId, PreflightId } from "#lib/domain/ids.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { type HopTarget, hopTargets, type UpgradeTarget } from "#lib/domain/plan.ts";
import { type LookedAt, type PreflightProgress, verdictOf } from "#lib/domain/preflight.ts";
import { allNodes } from "#lib/domain/regions.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { lookAtDeployment } from "#lib/inspection/look-at-deployment.ts";
import type { WantedImage } from "#lib/inspection/look-at-node.ts";
import { assess } from "#lib/planner/assess.ts";
import { check } from "#lib/planner/checks/check.ts";
import { serverSites } from "#lib/planner/topology.ts";
import { db, type Tx } from "#lib/store/client.ts";
import { access } from "./access.ts";
import { otherDeployments } from "./other-deployments.ts";
import { siteCatalogue } from "./site-catalogue.ts";

/** The newest preflight under way of each deployment. */
const running = perProcess("preflights", () => new Map<DeploymentId, PreflightProgress>());

/** The preflight that is under way, or null. */
export function progressOf(deploymentId: DeploymentId): PreflightProgress | null {
  return running.get(deploymentId) ?? null;
}

export interface Judged {
  facts: DeploymentFacts;
  checks: Check[];
  /** Milliseconds from the first look to the last answer. */
  tookMs: number;
}

/** Looks at everything, all hosts at once, changes nothing, and judges what was seen. */
export async function lookAndJudge(
  actor: Pick<Actor, "name">,
  inventory: Inventory,
  target: UpgradeTarget | null,
): Promise<Judged> {
  const began = performance.now();
  const since = () => Math.round(performance.now() - began);
  const progress: PreflightProgress = {
    startedAt: new Date().toISOString(),
    by: actor.name,
    hosts: lookedAt(inventory),
  };
  running.set(inventory.id, progress);
  try {
    const facts = await lookAtDeployment(inventory, access, {
      images: target ? hopTargets(target).map(wantedImage) : [],
      thorough: true,
      others: await otherDeployments(inventory.id),
      onProgress(of, state) {
        const host = progress.hosts.find((one) => one.key === of);
        if (host) Object.assign(host, { state, tookMs: state === "looking" ? null : since() });
      },
    });
    const checks = [
      await runCheck(inventory),
      ...assess(inventory, facts, target, siteCatalogue()),
    ];
    return { facts, checks, tookMs: since() };
  } finally {
    // A later one of the same deployment stays.
    if (running.get(inventory.id) === progress) running.delete(inventory.id);
  }
}

function wantedImage({ image, imageArchive }: HopTarget): WantedImage {
  return { reference: image, archive: imageArchive };
}

function lookedAt(inventory: Inventory): LookedAt[] {
  const waiting = { state: "waiting", tookMs: null } as const;
  return [
    ...allNodes(inventory).map(
      ({ node }): LookedAt => ({ key: node.id, name: node.name, kind: "node", ...waiting }),
    ),
    ...serverSites(inventory).map(
      ({ key: of, route: { server } }): LookedAt => ({
        key: of,
        name: `${server.host}:${server.port}`,
        kind: "server",
        ...waiting,
      }),
    ),
  ];
}

/** Is another run of this deployment under way? Its locks on the hosts may not be taken yet. */
async function runCheck(inventory: Pick<Inventory, "id">): Promise<Check> {
  const run = await db().run.findUnique({ where: { activeDeploymentId: inventory.id } });
  return check(
    "run",
    "Deployment",
    "No other run",
    run ? "warning" : "pass",
    run
      ? `Run ${run.id} (${run.fromVersion} to ${run.toVersion}, started by ${run.startedBy}) is not over: what it has stopped is stopped on purpose.`
      : "No run of this deployment is under way.",
    "Start an upgrade when that run has ended.",
  );
}

/** Of each deployment so many are kept; the audit remembers that there were more. */
export const keptPreflights = 50;

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
    skip: keptPreflights,
    select: { id: true },
  });
  if (old.length > 0) {
    await tx.preflight.deleteMany({ where: { id: { in: old.map((one) => one.id) } } });
  }
  return id;
}
