import { Backup } from "#lib/domain/backup.ts";
import { BackupCheck } from "#lib/domain/backup-check.ts";
import { BackupDeletion } from "#lib/domain/backup-copy.ts";
import type { RetentionVerdict } from "#lib/domain/backup-retention.ts";
import { DeploymentId, PlanId, RunId } from "#lib/domain/ids.ts";
import { db } from "#lib/store/client.ts";
import { planById } from "#lib/store/plans.ts";
import { copyView } from "./copy-rows.ts";
import { judgeDeployment } from "./retention.ts";
import type { BackupRow } from "./views.ts";

/** Dumps are few (some per run); a list longer than this would not be read either. */
const atMost = 500;

export interface BackupFilter {
  deploymentId?: DeploymentId | undefined;
  runIds?: readonly RunId[];
}

/** The dumps that runs have made, newest first. For operations. */
export async function readBackups(filter: BackupFilter = {}): Promise<BackupRow[]> {
  const rows = await rowsOf(filter);
  const verdicts = new Map<RunId, RetentionVerdict>();
  for (const id of new Set(rows.map((row) => DeploymentId.parse(row.deploymentId)))) {
    for (const [runId, verdict] of await judgeDeployment(id, Date.now())) {
      verdicts.set(runId, verdict);
    }
  }
  const names = await nodeNames([...new Set(rows.map((row) => row.runId))]);
  return rows.map((row) => ({
    ...more(row, names),
    retention: row.deletedAt === null ? (verdicts.get(RunId.parse(row.runId)) ?? null) : null,
    runId: RunId.parse(row.runId),
    deploymentId: DeploymentId.parse(row.deploymentId),
    deploymentName: row.run.deployment.name,
    nodeName: names.get(`${row.runId} ${row.nodeId}`) ?? row.nodeId,
    createdAt: row.createdAt.toISOString(),
    backup: Backup.parse(JSON.parse(row.body)),
    check: row.check === null ? null : BackupCheck.parse(JSON.parse(row.check)),
  }));
}

function rowsOf({ deploymentId, runIds }: BackupFilter) {
  return db().backup.findMany({
    where: { ...(deploymentId && { deploymentId }), ...(runIds && { runId: { in: [...runIds] } }) },
    orderBy: [{ createdAt: "desc" }, { key: "asc" }],
    take: atMost,
    include: { copy: true, run: { select: { deployment: { select: { name: true } } } } },
  });
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number];

/** Second copy and deletion of a backup. */
function more(row: Row, names: ReadonlyMap<string, string>): Pick<BackupRow, "copy" | "deleted"> {
  const { copy, deletion, deletedAt } = row;
  const nodeName = copy ? (names.get(`${row.runId} ${copy.place}`) ?? null) : null;
  return {
    copy: copy && copyView(copy, Backup.parse(JSON.parse(row.body)), nodeName),
    deleted:
      deletion && deletedAt
        ? { ...BackupDeletion.parse(JSON.parse(deletion)), at: deletedAt.toISOString() }
        : null,
  };
}

/** Names of the nodes by run and id, as the run's own plan knew them: inventories change later. */
async function nodeNames(runIds: readonly string[]): Promise<Map<string, string>> {
  const used = await db().plan.findMany({
    where: { runId: { in: [...runIds] }, leg: "forward" },
    select: { id: true, runId: true },
  });
  const plans = await Promise.all(
    used.map(async ({ id, runId }) => ({ runId, plan: await planById(PlanId.parse(id)) })),
  );
  return new Map(
    plans.flatMap(({ runId, plan }) =>
      plan.hosts.map((host) => [`${runId} ${host.nodeId}`, host.name]),
    ),
  );
}
