import { dockerImages } from "#lib/commands/docker.ts";
import type { DeploymentId } from "#lib/domain/ids.ts";
import { allNodes } from "#lib/domain/regions.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { versionOfImage } from "#lib/oms/catalogue.ts";
import { access } from "./access.ts";
import { requireInventory } from "./inventory-reading.ts";
import { permit } from "./permit.ts";

/** An image that names an OMS version, and how many nodes have it. */
export interface ImageOnNodes {
  reference: string;
  version: string;
  nodes: number;
}

/**
 * The images on a deployment's nodes, for the wizard to offer; nodes that give no answer count as
 * having none, as the checks say what is wrong with them.
 *
 * @throws UpliftError forbidden, not_found
 */
export async function imagesOnNodes(
  actor: Actor,
  id: DeploymentId,
): Promise<{ images: ImageOnNodes[]; answered: number }> {
  permit(actor, "plan.create");
  const nodes = allNodes(await requireInventory(id));
  const seen = await Promise.all(
    nodes.map(async ({ node }) => {
      try {
        const host = await access.host(node.id);
        const result = await host.exec(dockerImages(), { timeoutMs: 10_000 });
        return result.code === 0 ? result.stdout.split("\n") : null;
      } catch {
        return null;
      }
    }),
  );
  const answers = seen.filter((lines) => lines !== null);
  return { images: countImages(answers), answered: answers.length };
}

/** Counts on how many nodes each reference is. Pure. */
export function countImages(perNode: readonly (readonly string[])[]): ImageOnNodes[] {
  const counts = new Map<string, number>();
  for (const lines of perNode) {
    for (const reference of new Set(lines.map((line) => line.trim()))) {
      counts.set(reference, (counts.get(reference) ?? 0) + 1);
    }
  }
  return [...counts]
    .flatMap(([reference, nodes]) => {
      const version = reference.includes("<none>") ? null : versionOfImage(reference);
      return version === null ? [] : [{ reference, version, nodes }];
    })
    .sort((a, b) => b.nodes - a.nodes || a.reference.localeCompare(b.reference));
}
