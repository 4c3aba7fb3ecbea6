import { z } from "zod";
import { type SortKey, sortRows } from "#lib/domain/sort-rows.ts";
import { db } from "#lib/store/client.ts";
import type { Prisma } from "#lib/store/generated/sqlite/client.ts";

/** What deployments are sorted by: when they were last seen, when their last run was started. */
export const FleetOrder = z.object({
  by: z.enum(["name", "version", "seen", "run"]),
  descending: z.boolean(),
});
export type FleetOrder = z.infer<typeof FleetOrder>;

/**
 * The ids of one page of the deployments that fit. Those that are alike stand by name, on whichever
 * page; those never seen or never run come last, either way.
 */
export async function idsInOrder(
  where: Prisma.DeploymentWhereInput,
  { by, descending }: FleetOrder,
  { skip, take }: { skip: number; take: number },
): Promise<string[]> {
  if (by === "name") {
    const orderBy = { name: descending ? "desc" : "asc" } as const;
    return idsOf(
      await db().deployment.findMany({ where, orderBy, skip, take, select: { id: true } }),
    );
  }
  // The database knows neither releases nor what it should put last. A fleet's ids are a short list.
  const [rows, keys] = await Promise.all([
    db().deployment.findMany({ where, orderBy: { name: "asc" }, select: { id: true } }),
    keysOf(by, where),
  ]);
  return sortRows(idsOf(rows), (id) => keys.get(id) ?? null, descending).slice(skip, skip + take);
}

/** What each deployment is sorted by, by its id; one that has none is left out. */
async function keysOf(
  by: Exclude<FleetOrder["by"], "name">,
  deployment: Prisma.DeploymentWhereInput,
): Promise<Map<string, SortKey>> {
  const where = { deployment };
  switch (by) {
    case "version": {
      const rows = await db().deployment.findMany({
        where: deployment,
        select: { id: true, version: true },
      });
      return new Map(rows.map(({ id, version }) => [id, version]));
    }
    case "seen": {
      const rows = await db().lastLook.findMany({
        where,
        select: { deploymentId: true, seenAt: true },
      });
      return new Map(rows.map(({ deploymentId, seenAt }) => [deploymentId, seenAt.getTime()]));
    }
    case "run": {
      const rows = await db().run.groupBy({
        by: ["deploymentId"],
        where,
        _max: { createdAt: true },
      });
      return new Map(
        rows.map(({ deploymentId, _max: { createdAt } }) => [
          deploymentId,
          createdAt?.getTime() ?? null,
        ]),
      );
    }
  }
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id);
}
