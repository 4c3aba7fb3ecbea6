import type { CheckId } from "#lib/domain/check-topics.ts";
import type { Check } from "#lib/domain/facts.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { type HopTarget, hopTargets, type UpgradeTarget } from "#lib/domain/plan.ts";
import { type Catalogue, versionOfImage } from "#lib/oms/catalogue.ts";
import { upgradePath } from "#lib/oms/upgrade-path.ts";
import { check } from "./check.ts";

/** May this version go to that one, or from release to release on the way (docs/domain, section 5)? */
export function pathChecks(
  inventory: Pick<Inventory, "version">,
  target: UpgradeTarget,
  catalogue: Catalogue,
): Check[] {
  const reason = target.unlistedPathReason?.trim() ?? "";
  const targets = hopTargets(target);
  const checks = targets.flatMap((hop, index) => {
    const from = targets[index - 1]?.version ?? inventory.version;
    const id = (name: string): CheckId =>
      targets.length > 1 ? `path.${name}.${hop.version}` : `path.${name}`;
    return [
      listedCheck(id("listed"), from, hop.version, reason, catalogue),
      ...tagCheck(id("tag"), hop),
    ];
  });
  return [...checks, ...namesCheck(targets)];
}

function listedCheck(
  id: CheckId,
  from: string,
  to: string,
  reason: string,
  catalogue: Catalogue,
): Check {
  const { unlisted } = upgradePath(from, to, catalogue);
  return check(
    id,
    "Deployment",
    "Upgrade path",
    unlisted === null ? "pass" : reason !== "" ? "warning" : "fail",
    unlisted === null
      ? `${from} to ${to} is a documented path.`
      : `${unlisted}${reason !== "" ? ` Confirmed in writing: ${reason}` : ""}`,
    "Choose a documented path, or confirm this one in writing.",
  );
}

function tagCheck(id: CheckId, { image, version }: HopTarget): Check[] {
  const tagged = versionOfImage(image);
  if (tagged === version) return [];
  return [
    check(
      id,
      "Deployment",
      "Image tag",
      "warning",
      tagged
        ? `The tag names version ${tagged}, the target is ${version}.`
        : `The tag of ${image} names no version.`,
      "Make sure that the image is the release you mean.",
    ),
  ];
}

/** Every release of a chain has containers of its own beside the others'. */
function namesCheck(targets: readonly HopTarget[]): Check[] {
  const names = targets.map(({ containerName }) => containerName);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (targets.length === 1) return [];
  return [
    check(
      "path.names",
      "Deployment",
      "Names of the new containers",
      twice.length === 0 ? "pass" : "fail",
      twice.length === 0
        ? `One for each release: ${names.join(", ")}.`
        : `${[...new Set(twice)].join(", ")} is named for more than one release.`,
      "Give the containers of each release a name of their own.",
    ),
  ];
}
