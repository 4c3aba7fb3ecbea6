import type { DeploymentId } from "#lib/domain/ids.ts";
import type { RunPurpose } from "#lib/domain/plan.ts";
import type { Actor } from "#lib/domain/roles.ts";
import type { RunStatus } from "#lib/domain/run.ts";
import type { Order } from "#lib/domain/sort-rows.ts";
import { db } from "#lib/store/client.ts";
import type { Prisma } from "#lib/store/generated/sqlite/client.ts";
import { permit } from "./permit.ts";
import { runRow, type StoredRun, withDeployment } from "./run-reading.ts";
import type { RunRow } from "./views.ts";

export interface RunFilter {
  deploymentId?: DeploymentId;
  purpose?: RunPurpose;
  status?: RunStatus;
  /** The name of who started it. */
  startedBy?: string;
  /** Upgraded from it or to it. */
  version?: string;
  /** A piece of the deployment's name, of a version, or of the run's id. */
  text?: string;
  /** Started at that moment or later, and before that one; ISO 8601. */
  from?: string;
  until?: string;
}

/** What a list is sorted by. */
export type RunOrder = Order<"deployment" | "state" | "started" | "by">;

/** Never more than that at once. */
const mostAtOnce = 200;

/** Runs, newest first unless told otherwise. @throws UpliftError forbidden */
export async function listRuns(
  actor: Actor,
  filter: RunFilter & { take?: number; skip?: number; order?: RunOrder } = {},
): Promise<RunRow[]> {
  permit(actor, "run.read");
  const { take = 50, skip = 0, order, ...wanted } = filter;
  const rows = await db().run.findMany({
    where: whereOf(wanted),
    // Two that are alike keep their order from page to page.
    orderBy: [...(order ? [orderBy(order)] : []), { createdAt: "desc" }, { id: "desc" }],
    ...{ take: Math.min(take, mostAtOnce), skip },
    include: withDeployment,
  });
  return rows.map((row: StoredRun) => runRow(row));
}

function orderBy({ by, descending }: RunOrder): Prisma.RunOrderByWithRelationInput {
  const way = descending ? "desc" : "asc";
  switch (by) {
    case "deployment":
      return { deployment: { name: way } };
    case "state":
      return { status: way };
    case "started":
      return { createdAt: way };
    case "by":
      return { startedBy: way };
  }
}

/** How many runs fit. @throws UpliftError forbidden */
export async function countRuns(actor: Actor, filter: RunFilter = {}): Promise<number> {
  permit(actor, "run.read");
  return db().run.count({ where: whereOf(filter) });
}

export interface RunChoices {
  /** Who has started a run, in the order of the alphabet. */
  people: string[];
  /** The versions that runs went to, newest first. */
  versions: string[];
}

/** What the runs can be narrowed to. @throws UpliftError forbidden */
export async function runChoices(actor: Actor): Promise<RunChoices> {
  permit(actor, "run.read");
  const [people, versions] = await Promise.all([
    db().run.groupBy({ by: ["startedBy"], orderBy: { startedBy: "asc" } }),
    db().run.groupBy({ by: ["toVersion"] }),
  ]);
  return {
    people: people.map(({ startedBy }) => startedBy),
    versions: versions
      .map(({ toVersion }) => toVersion)
      .sort((a, b) => b.localeCompare(a, "en", { numeric: true })),
  };
}

function whereOf(filter: RunFilter): Prisma.RunWhereInput {
  const { deploymentId, purpose, status, startedBy, version, text, from, until } = filter;
  const contains = { contains: text ?? "" };
  return {
    ...(deploymentId ? { deploymentId } : {}),
    ...(purpose ? { purpose } : {}),
    ...(status ? { status } : {}),
    ...(startedBy ? { startedBy } : {}),
    AND: [
      version ? { OR: [{ fromVersion: version }, { toVersion: version }] } : {},
      text
        ? {
            OR: [
              { deployment: { name: contains } },
              { fromVersion: contains },
              { toVersion: contains },
              { id: contains },
            ],
          }
        : {},
      from ? { createdAt: { gte: new Date(from) } } : {},
      until ? { createdAt: { lt: new Date(until) } } : {},
    ],
  };
}
