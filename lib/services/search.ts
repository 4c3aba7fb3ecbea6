import type { Actor } from "#lib/domain/roles.ts";
import { db } from "#lib/store/client.ts";
import { permit } from "./permit.ts";
import { listRuns } from "./run-list.ts";
import type { RunRow } from "./views.ts";

/** Something that a search found, and where it is. */
export interface Found {
  kind: "deployment" | "node" | "run";
  label: string;
  /** What tells it from others of its name. */
  detail: string;
  href: string;
}

/** As many of each kind as one looks through at a glance. */
const most = 6;

/**
 * Deployments, nodes and runs by a piece of their name, address, version or id; the newest runs first.
 *
 * @throws UpliftError forbidden
 */
export async function search(actor: Actor, text: string): Promise<Found[]> {
  permit(actor, "inventory.read");
  const piece = text.trim().slice(0, 100);
  if (piece === "") return [];
  const [deployments, nodes, runs] = await Promise.all([
    db().deployment.findMany({
      where: { name: { contains: piece } },
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
}

/** A practice backup goes nowhere. */
function versionsOf({
  purpose,
  fromVersion,
  toVersion,
}: Pick<RunRow, "purpose" | "fromVersion" | "toVersion">): string {
  return purpose === "practice" ? fromVersion : `${fromVersion} → ${toVersion}`;
}
