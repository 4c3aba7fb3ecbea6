import type { Check, DeploymentFacts, NodeFacts } from "#lib/domain/facts.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import { bytesToLoad } from "#lib/oms/image-archive.ts";
import { check, mebibytes } from "./check.ts";

/** Is the new image everywhere, or can it be loaded, and is it the same one? */
export function imageChecks(
  facts: Pick<DeploymentFacts, "nodes">,
  target: Pick<UpgradeTarget, "image" | "imageArchive">,
): Check[] {
  const ids = new Set(
    facts.nodes.map((node) => node.images[target.image]).filter((id) => id !== undefined),
  );
  const checks: Check[] = facts.nodes
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
  checks.push(...facts.nodes.flatMap((node) => archiveChecks(node, target.image)));
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

/** Is the archive an image with the right tag, and is there room to load it? */
function archiveChecks({ nodeId, name, survey }: NodeFacts, image: string): Check[] {
  return (survey?.archives ?? []).flatMap((archive) => {
    const { path, isImage, references, trouble } = archive;
    const held = references.includes(image);
    const need = bytesToLoad(archive);
    const disk = survey?.dockerDisk ?? null;
    const holds = references.length > 0 ? references.join(", ") : "an image without a tag";
    return [
      check(
        `archive.${nodeId}`,
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
      ),
      check(
        `archive-disk.${nodeId}`,
        name,
        "Disk to load the image",
        disk === null ? "warning" : disk.freeBytes >= need ? "pass" : "fail",
        disk === null
          ? `The room that Docker has on ${name} could not be read; the image may need ${mebibytes(need)} MiB.`
          : `${mebibytes(disk.freeBytes)} MiB free in ${disk.path}; the image may need ${mebibytes(need)} MiB.`,
        `Make room on the filesystem of ${disk?.path ?? "Docker's data"}: remove images that nothing uses (docker image prune).`,
      ),
    ];
  });
}

function shortId(id: string): string {
  return id.replace(/^sha256:/, "").slice(0, 12);
}
