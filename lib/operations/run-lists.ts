import { z } from "zod";
import { DeploymentId } from "#lib/domain/ids.ts";
import { RunPurpose } from "#lib/domain/plan.ts";
import { runStatuses } from "#lib/domain/run.ts";
import { runRow, withDeployment } from "#lib/services/run-reading.ts";
import { RunRow } from "#lib/services/views.ts";
import { db } from "#lib/store/client.ts";
import type { Prisma } from "#lib/store/generated/sqlite/client.ts";
import { nothing, operation } from "./operation.ts";

const RunFilter = z.object({
  deploymentId: DeploymentId.optional(),
  purpose: RunPurpose.optional(),
  status: z.enum(runStatuses).optional(),
  /** The name of who started it. */
  startedBy: z.string().optional(),
  /** Upgraded from it or to it. */
  version: z.string().optional(),
  /** A piece of the deployment's name, of a version, or of the run's id. */
  text: z.string().optional(),
  /** Started at that moment or later, and before that one; ISO 8601. */
  from: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
});
export type RunFilter = z.infer<typeof RunFilter>;

/** What a list is sorted by. */
const RunOrder = z.object({
  by: z.enum(["deployment", "state", "started", "by"]),
  descending: z.boolean(),
});
export type RunOrder = z.infer<typeof RunOrder>;

/** Never more than that at once. */
const mostAtOnce = 200;

/** Runs, newest first unless told otherwise. */
export const listRuns = operation({
  name: "runs.list",
  permission: "run.read",
  input: RunFilter.extend({
    take: z.number().int().min(0).max(mostAtOnce).optional(),
    skip: z.number().int().min(0).optional(),
    order: RunOrder.optional(),
  }).default({}),
  output: z.array(RunRow),
  async run(_actor, { take = 50, skip = 0, order, ...wanted }) {
    const rows = await db().run.findMany({
      where: whereOf(wanted),
      // Two that are alike keep their order from page to page.
      orderBy: [...(order ? [orderBy(order)] : []), { createdAt: "desc" }, { id: "desc" }],
      ...{ take, skip },
      include: withDeployment,
    });
    return rows.map(runRow);
  },
});

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

/** How many runs fit. */
export const countRuns = operation({
  name: "runs.count",
  permission: "run.read",
  input: RunFilter.default({}),
  output: z.number(),
  run: (_actor, filter) => db().run.count({ where: whereOf(filter) }),
});

/** What the runs can be narrowed to. */
export const runChoices = operation({
  name: "runs.choices",
  permission: "run.read",
  input: nothing,
  output: z.object({
    /** Who has started a run, in the order of the alphabet. */
    people: z.array(z.string()),
    /** The versions that runs went to, newest first. */
    versions: z.array(z.string()),
  }),
  async run() {
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
  },
});

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
