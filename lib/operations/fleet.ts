import { z } from "zod";
import { DeploymentId, NodeId } from "#lib/domain/ids.ts";
import { type NodeMark, NodeMarks } from "#lib/domain/last-look.ts";
import { FleetOrder, idsInOrder } from "#lib/services/fleet-order.ts";
import { runRow, withDeployment } from "#lib/services/run-reading.ts";
import type { RunRow } from "#lib/services/views.ts";
import { db } from "#lib/store/client.ts";
import type { Prisma } from "#lib/store/generated/sqlite/client.ts";
import { operation, typed } from "./operation.ts";

/** Deployments on one page. */
export const fleetPage = 50;

export const FleetQuery = z.object({
  /** A piece of a deployment's, region's or node's name, or of a node's address. */
  text: z.string().trim().max(200).default(""),
  version: z.string().default(""),
  /** Only those with a run that is on, with a node that was not healthy, or that nobody has looked at. */
  show: z.enum(["all", "running", "unwell", "unseen"]).default("all"),
  order: FleetOrder.default({ by: "name", descending: false }),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
});
export type FleetQuery = z.infer<typeof FleetQuery>;

/** A deployment as a list shows it. */
export interface FleetRow {
  id: DeploymentId;
  name: string;
  version: string;
  regions: { name: string; nodes: { id: NodeId; name: string; mark: NodeMark }[] }[];
  /** The newest look, whoever caused it; null: there was none. */
  seen: { at: string; ha: boolean | null } | null;
  lastRun: RunRow | null;
}

export interface Fleet {
  rows: FleetRow[];
  /** Deployments that fit the query, on all pages, and deployments that there are. */
  found: number;
  all: number;
  /** The versions that are deployed, oldest first. */
  versions: string[];
}

/** One page of the deployments, by name unless told otherwise, as they were last seen. */
export const listFleet = operation({
  name: "deployments.page",
  permission: "inventory.read",
  input: FleetQuery.prefault({}),
  output: typed<Fleet>(),
  async run(_actor, query) {
    const where = whereOf(query);
    const [ids, found, all, versions] = await Promise.all([
      idsInOrder(where, query.order, { skip: (query.page - 1) * fleetPage, take: fleetPage }),
      db().deployment.count({ where }),
      db().deployment.count({ where: { deletedAt: null } }),
      db().deployment.groupBy({ by: ["version"], where: { deletedAt: null } }),
    ]);
    const [rows, lastRuns] = await Promise.all([rowsOf(ids), newestRuns(ids)]);
    return {
      ...{ found, all },
      versions: versions.map(({ version }) => version).sort(byRelease),
      rows: rows.map(({ id, name, version, regions, lastLook }) => {
        const marks = lastLook ? NodeMarks.parse(JSON.parse(lastLook.nodes)) : {};
        return {
          ...{ id: DeploymentId.parse(id), name, version },
          regions: regions.map((region) => ({
            name: region.name,
            nodes: region.nodes.map((node) => {
              const nodeId = NodeId.parse(node.id);
              return { id: nodeId, name: node.name, mark: marks[nodeId] ?? "unknown" };
            }),
          })),
          seen: lastLook && { at: lastLook.seenAt.toISOString(), ha: lastLook.ha },
          lastRun: lastRuns.get(id) ?? null,
        };
      }),
    };
  },
});

/** The deployments with these ids, in their order. */
async function rowsOf(ids: string[]) {
  const rows = await db().deployment.findMany({
    where: { id: { in: ids } },
    include: {
      lastLook: true,
      regions: {
        orderBy: [{ isDefault: "desc" }, { position: "asc" }],
        select: {
          name: true,
          nodes: { orderBy: { position: "asc" }, select: { id: true, name: true } },
        },
      },
    },
  });
  return rows.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

function whereOf({ text, version, show }: FleetQuery): Prisma.DeploymentWhereInput {
  const contains = { contains: text };
  return {
    deletedAt: null,
    ...(version === "" ? {} : { version }),
    ...(show === "running" ? { runs: { some: { activeDeploymentId: { not: null } } } } : {}),
    ...(show === "unwell" ? { lastLook: { unwell: { gt: 0 } } } : {}),
    ...(show === "unseen" ? { lastLook: null } : {}),
    ...(text === ""
      ? {}
      : {
          OR: [
            { name: contains },
            { regions: { some: { name: contains } } },
            { regions: { some: { nodes: { some: { name: contains } } } } },
            { regions: { some: { nodes: { some: { address: contains } } } } },
          ],
        }),
  };
}

/** The newest run of each of these deployments, by their ids: two short queries, however many runs. */
async function newestRuns(ids: readonly string[]): Promise<Map<string, RunRow>> {
  const newest = await db().run.groupBy({
    by: ["deploymentId"],
    where: { deploymentId: { in: [...ids] } },
    _max: { createdAt: true },
  });
  const rows = await db().run.findMany({
    where: {
      OR: newest.flatMap(({ deploymentId, _max: { createdAt } }) =>
        createdAt ? [{ deploymentId, createdAt }] : [],
      ),
    },
    include: withDeployment,
  });
  return new Map(rows.map((row) => [row.deploymentId, runRow(row)]));
}

/** 4.2.9 before 4.2.11. */
function byRelease(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
