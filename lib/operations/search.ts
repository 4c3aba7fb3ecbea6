import { z } from "zod";
import type { RunRow } from "#lib/services/views.ts";
import { db } from "#lib/store/client.ts";
import { operation } from "./operation.ts";
import { listRuns } from "./run-lists.ts";

/** Something that a search found, and where it is. */
const Found = z.object({
  kind: z.enum(["deployment", "node", "run"]),
  label: z.string(),
  /** What tells it from others of its name. */
  detail: z.string(),
  href: z.string(),
});
export type Found = z.infer<typeof Found>;

/** As many of each kind as one looks through at a glance. */
const most = 6;

/** Deployments, nodes and runs by a piece of their name, address, version or id; the newest runs first. */
export const search = operation({
  name: "search",
  permission: "inventory.read",
  input: z.object({ text: z.string().default("") }),
  output: z.array(Found),
  async run(actor, { text }) {
    const piece = text.trim().slice(0, 100);
    if (piece === "") return [];
    const [deployments, nodes, runs] = await Promise.all([
      db().deployment.findMany({
        where: { deletedAt: null, name: { contains: piece } },
        orderBy: { name: "asc" },
        take: most,
      }),
      db().node.findMany({
        where: { OR: [{ name: { contains: piece } }, { address: { contains: piece } }] },
        orderBy: { name: "asc" },
        take: most,
        include: { region: { include: { deployment: true } } },
      }),
      listRuns(actor, { text: piece, take: most }),
    ]);
    return [
      ...deployments.map(
        ({ id, name, version }): Found => ({
          ...{ kind: "deployment", label: name, detail: version },
          href: `/deployments/${id}`,
        }),
      ),
      ...nodes.map(
        ({ name, address, region }): Found => ({
          ...{ kind: "node", label: name, href: `/deployments/${region.deployment.id}` },
          detail: `${name === address ? "" : `${address}, `}${region.deployment.name}`,
        }),
      ),
      ...runs.map(
        (run): Found => ({
          ...{ kind: "run", label: run.deploymentName, href: `/runs/${run.id}` },
          detail: `${versionsOf(run)}, ${run.createdAt.slice(0, 10)}`,
        }),
      ),
    ];
  },
});

/** A practice backup goes nowhere. */
function versionsOf({
  purpose,
  fromVersion,
  toVersion,
}: Pick<RunRow, "purpose" | "fromVersion" | "toVersion">): string {
  return purpose === "practice" ? fromVersion : `${fromVersion} → ${toVersion}`;
}
