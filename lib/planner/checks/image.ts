import type { Check, DeploymentFacts } from "#lib/domain/facts.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import { check } from "./check.ts";

/** Is the new image everywhere, or can it be loaded, and is it the same one? */
export function imageChecks(facts: Pick<DeploymentFacts, "nodes">, target: UpgradeTarget): Check[] {
  const ids = new Set(
    facts.nodes.map((node) => node.images[target.image]).filter((id) => id !== undefined),
  );
  const checks = facts.nodes
    .filter((node) => node.dockerVersion !== null)
    .map((node) => {
      const id = node.images[target.image];
      const loadable = !id && target.imageArchive !== null;
      return check(
        `image.${node.nodeId}`,
        node.name,
        "New image",
        id || loadable ? "pass" : "fail",
        id
          ? `${target.image} is ${shortId(id)}.`
          : loadable
            ? `Will be loaded from ${target.imageArchive} before anything is stopped.`
            : `${target.image} is not on this host.`,
        `Load it (docker load -i FILE) on ${node.name}, or give the archive's path in the wizard.`,
      );
    });
  if (ids.size > 1) {
    checks.push(
      check(
        "image.same",
        "Deployment",
        "Same image everywhere",
        "fail",
        `${target.image} is a different image on different nodes: ${[...ids].map(shortId).join(", ")}.`,
        "Load the same archive on every node.",
      ),
    );
  }
  return checks;
}

function shortId(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, 12);
}
