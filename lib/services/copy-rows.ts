import { Backup } from "#lib/domain/backup.ts";
import {
  CopyState,
  type CopyView,
  dashboardPlace,
  nodeForCopy,
  pauseBeforeCopy,
  stateAfterFailure,
} from "#lib/domain/backup-copy.ts";
import { bytesOf } from "#lib/domain/backup-files.ts";
import { DeploymentId, NodeId, type RunId } from "#lib/domain/ids.ts";
import { backupFolder, copiesFolder } from "#lib/store/backup-folder.ts";
import { db } from "#lib/store/client.ts";
import { access } from "./access.ts";
import { copyFiles } from "./copy-backup.ts";
import { type CopyPlace, dashboardFolder, nodePlace } from "./copy-places.ts";
import { requireInventory } from "./inventory-reading.ts";

/** A deployment that gets a second copy from now on gets one of what is as old as this, milliseconds. */
const adoptedForMs = 7 * 24 * 3_600_000;

/** A copy that is to be made or gone on with. */
export interface DueCopy {
  runId: string;
  key: string;
  backup: Backup;
  place: string;
  directory: string;
  tries: number;
}

/** Notes a copy for every proven dump whose deployment wants one. */
export async function adoptCopies(now: number): Promise<void> {
  const rows = await db().backup.findMany({
    where: {
      ...{ proven: true, deletedAt: null, copy: null },
      createdAt: { gte: new Date(now - adoptedForMs) },
    },
    orderBy: { createdAt: "asc" },
    take: 50,
  });
  const inventories = new Map<string, Awaited<ReturnType<typeof inventoryOf>>>();
  for (const row of rows) {
    const { runId, key, deploymentId } = row;
    if (!inventories.has(deploymentId)) {
      inventories.set(deploymentId, await inventoryOf(deploymentId));
    }
    const inventory = inventories.get(deploymentId);
    const { secondCopy = "none", backupDirectory = "" } = inventory?.settings ?? {};
    if (!inventory || secondCopy === "none") continue;
    const node = secondCopy === "node" ? nodeForCopy(inventory, row.nodeId) : null;
    await db().backupCopy.create({
      data: {
        ...{ runId, key, state: "waiting" },
        place: node?.id ?? dashboardPlace,
        directory: node
          ? `${backupDirectory.replace(/\/+$/, "")}/copies/${runId}/${key}`
          : `${copiesFolder}/${runId}/${key}`,
        total: BigInt(bytesOf(Backup.parse(JSON.parse(row.body)))),
      },
    });
  }
}

/** The deployment as it is registered; null when it was deleted. */
async function inventoryOf(id: string) {
  return requireInventory(DeploymentId.parse(id)).catch(() => null);
}

/** The copies to be made now: those that have waited longest first. */
export async function dueCopies(now: number): Promise<DueCopy[]> {
  const rows = await db().backupCopy.findMany({
    where: { state: { not: "proven" }, backup: { deletedAt: null } },
    orderBy: [{ tries: "asc" }, { createdAt: "asc" }],
    take: 200,
    include: { backup: { select: { body: true } } },
  });
  return rows
    .filter(({ tries, triedAt }) => {
      return tries === 0 || triedAt === null || now - triedAt.getTime() >= pauseBeforeCopy(tries);
    })
    .map(({ runId, key, place, directory, tries, backup }) => ({
      ...{ runId, key, place, directory, tries },
      backup: Backup.parse(JSON.parse(backup.body)),
    }));
}

/** How far a copy is. */
export async function noteCopied(copy: DueCopy, bytes: number): Promise<void> {
  await db().backupCopy.updateMany({
    where: { runId: copy.runId, key: copy.key },
    data: { state: "copying", copied: BigInt(bytes) },
  });
}

/** @returns whether it is still wanted: a backup may have been deleted meanwhile */
export async function noteProven({ runId, key, backup }: DueCopy, at: Date): Promise<boolean> {
  const { count } = await db().backupCopy.updateMany({
    where: { runId, key, backup: { deletedAt: null } },
    data: {
      ...{ state: "proven", provenAt: at, triedAt: at, trouble: null },
      copied: BigInt(bytesOf(backup)),
    },
  });
  return count > 0;
}

export async function noteFailed(copy: DueCopy, at: Date, trouble: string): Promise<void> {
  const tries = copy.tries + 1;
  await db().backupCopy.update({
    where: { runId_key: { runId: copy.runId, key: copy.key } },
    data: { state: stateAfterFailure(tries), triedAt: at, tries, trouble },
  });
}

/** Where a copy goes or is. @throws UpliftError not_found when its node is not registered any more */
export async function placeOfCopy(place: string, signal?: AbortSignal): Promise<CopyPlace> {
  if (place === dashboardPlace) return dashboardFolder();
  return nodePlace(await access.host(NodeId.parse(place)), signal);
}

interface CopyRow {
  state: string;
  place: string;
  directory: string;
  copied: bigint;
  total: bigint;
  trouble: string | null;
  provenAt: Date | null;
}

/** A copy as lists show it. @param nodeName of the place, when it is a node */
export function copyView(row: CopyRow, backup: Backup, nodeName: string | null): CopyView {
  const here = row.place === dashboardPlace;
  return {
    state: CopyState.parse(row.state),
    place: here ? "this dashboard" : (nodeName ?? row.place),
    paths: copyFiles(backup, row.directory).map(({ path }) =>
      here ? backupFolder.shown(path) : path,
    ),
    copied: Number(row.copied),
    total: Number(row.total),
    trouble: row.trouble,
    provenAt: row.provenAt?.toISOString() ?? null,
  };
}

/** Removes the files of the second copies of a run's backups, whatever state they are in. */
export async function removeCopies(runId: RunId): Promise<string[]> {
  const rows = await db().backupCopy.findMany({ where: { runId }, include: { backup: true } });
  const removed: string[] = [];
  for (const { place, directory, backup } of rows) {
    const paths = copyFiles(Backup.parse(JSON.parse(backup.body)), directory).flatMap(
      ({ path }) => [path, `${path}.part`],
    );
    await (await placeOfCopy(place)).remove(paths, directory);
    removed.push(`${place}:${directory}`);
  }
  return removed;
}
