import type { Check, DeploymentFacts, NodeFacts } from "#lib/domain/facts.ts";
import { type HopTarget, hopTargets, type UpgradeTarget } from "#lib/domain/plan.ts";
import { bytesToLoad } from "#lib/oms/image-archive.ts";
import { check, mebibytes } from "./check.ts";

/** Is the new image everywhere, or can it be loaded, and is it the same one? In a chain: every one. */
export function imageChecks(
  facts: Pick<DeploymentFacts, "nodes">,
  target: HopTarget & Pick<UpgradeTarget, "via">,
): Check[] {
  const targets = hopTargets(target);
  return [
    ...targets.flatMap((hop, index) => {
      // The target's own checks have the ids that they have without a chain.
      const suffix = index < targets.length - 1 ? `.${hop.version}` : "";
      return checksOf(facts, hop, suffix, targets.length > 1 ? ` ${hop.version}` : "");
    }),
    ...facts.nodes.flatMap(roomCheck),
  ];
}

function checksOf(
  facts: Pick<DeploymentFacts, "nodes">,
  { image, imageArchive }: HopTarget,
  suffix: string,
  ofVersion: string,
): Check[] {
  const ids = new Set(
    facts.nodes.map((node) => node.images[image]).filter((id) => id !== undefined),
  );
  const checks: Check[] = facts.nodes
    .filter((node) => node.dockerVersion !== null)
    .map((node) => {
      const id = node.images[image];
      const loadable = !id && imageArchive !== null;
      return check(
        `image.${node.nodeId}${suffix}`,
        node.name,
        `New image${ofVersion}`,
        id || loadable ? "pass" : "fail",
        id
          ? `${image} is ${shortId(id)}.`
          : loadable
            ? `Will be loaded from ${imageArchive} before anything is stopped.`
            : `${image} is not on this host.`,
        `Load it (docker load -i FILE) on ${node.name}, or give the archive's path in the wizard.`,
      );
    });
  checks.push(
    ...facts.nodes.flatMap((node) =>
      archiveChecks(
        node,
        image,
        suffix,
        (path) =>
          // In a chain each archive is for its own image, and an image that is there needs none.
          ofVersion === "" || (path === imageArchive && node.images[image] === undefined),
      ),
    ),
  );
  if (ids.size > 1) {
    checks.push(
      check(
        `image.same${suffix}`,
        "Deployment",
        `Same image everywhere${ofVersion}`,
        "fail",
        `${image} is a different image on different nodes: ${[...ids].map(shortId).join(", ")}.`,
        "Load the same archive on every node.",
      ),
    );
  }
  return checks;
}

/** Is the archive an image with the right tag? */
function archiveChecks(
  { nodeId, name, survey }: NodeFacts,
  image: string,
  suffix: string,
  isFor: (path: string) => boolean,
): Check[] {
  const archives = (survey?.archives ?? []).filter(({ path }) => isFor(path));
  return archives.map((archive) => {
    const { path, isImage, references, trouble } = archive;
    const held = references.includes(image);
    const holds = references.length > 0 ? references.join(", ") : "an image without a tag";
    return check(
      `archive.${nodeId}${suffix}`,
      name,
      "Image archive",
      held ? "pass" : isImage === null ? "warning" : "fail",
      held
        ? `${path} (${mebibytes(archive.bytes)} MiB) holds ${image}.`
        : isImage
          ? `${path} on ${name} holds ${holds}, not ${image}.`
          : isImage === null
            ? `${path} on ${name} could not be looked into: ${trouble}.`
            : `${path} on ${name} is no image archive: ${trouble}.`,
      isImage
        ? "Name the image as the archive does, or give the path of the right archive."
        : `Give the path of a file that was made with docker save; "tar -tf ${path}" shows what it holds.`,
    );
  });
}

/** Is there room to load what is missing, all archives together? */
function roomCheck({ nodeId, name, survey }: NodeFacts): Check[] {
  const archives = survey?.archives ?? [];
  if (archives.length === 0) return [];
  const need = archives.reduce((sum, archive) => sum + bytesToLoad(archive), 0);
  const disk = survey?.dockerDisk ?? null;
  const what = archives.length > 1 ? "the images" : "the image";
  return [
    check(
      `archive-disk.${nodeId}`,
      name,
      "Disk to load the image",
      disk === null ? "warning" : disk.freeBytes >= need ? "pass" : "fail",
      disk === null
        ? `The room that Docker has on ${name} could not be read; ${what} may need ${mebibytes(need)} MiB.`
        : `${mebibytes(disk.freeBytes)} MiB free in ${disk.path}; ${what} may need ${mebibytes(need)} MiB.`,
      `Make room on the filesystem of ${disk?.path ?? "Docker's data"}: remove images that nothing uses (docker image prune).`,
    ),
  ];
}

function shortId(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, 12);
}
