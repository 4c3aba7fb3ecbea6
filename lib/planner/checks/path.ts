import type { Check } from "#lib/domain/facts.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import { type Catalogue, upgradePath, versionOfImage } from "#lib/oms/catalogue.ts";
import { check } from "./check.ts";

/** May this version go to that one (docs/domain, section 5)? */
export function pathChecks(
  inventory: Pick<Inventory, "version">,
  target: UpgradeTarget,
  catalogue: Catalogue,
): Check[] {
  const path = upgradePath(inventory.version, target.version, catalogue);
  const confirmed = (target.unlistedPathReason ?? "").trim() !== "";
  const checks = [
    check(
      "path.listed",
      "Deployment",
      "Upgrade path",
      path.unlisted === null ? "pass" : confirmed ? "warning" : "fail",
      path.unlisted === null
        ? `${inventory.version} to ${target.version} is a documented path.`
        : `${path.unlisted}${confirmed ? ` Confirmed in writing: ${target.unlistedPathReason}` : ""}`,
      "Choose a documented path, or confirm this one in writing.",
    ),
  ];
  const tagged = versionOfImage(target.image);
  if (tagged !== target.version) {
    checks.push(
      check(
        "path.tag",
        "Deployment",
        "Image tag",
        "warning",
        tagged
          ? `The tag names version ${tagged}, the target is ${target.version}.`
          : `The tag of ${target.image} names no version.`,
        "Make sure that the image is the release you mean.",
      ),
    );
  }
  return checks;
}
