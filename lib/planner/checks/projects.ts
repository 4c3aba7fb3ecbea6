import type { Check, ProjectFacts, ServerFacts } from "#lib/domain/facts.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import { compareVersions } from "#lib/domain/versions.ts";
import { check } from "./check.ts";

const remedy =
  "In the console, see that migration and synchronization are nearly in real time and every forward switchover is finished. Links that do not run are recovered by hand after the upgrade.";

/** The links that the upgrade will interrupt, and names that a later release would refuse (docs/domain, section 3). */
export function projectChecks(
  inventory: Pick<Inventory, "version">,
  metadb: ServerFacts,
  target: Pick<UpgradeTarget, "version"> | null,
): Check[] {
  if (metadb.version === null) return [];
  const { projects } = metadb;
  if (projects === null) {
    const evidence = "oms_project and oms_sync_project could not be read as documented.";
    return [check("projects", "Deployment", "Projects", "warning", evidence, remedy)];
  }
  const active = projects.some(({ statuses }) => Object.keys(statuses).length > 0);
  return [
    check(
      "projects",
      "Deployment",
      "Projects",
      active ? "warning" : "pass",
      active
        ? `${projects.map(describe).join("; ")}. How far behind each one is, only the console tells.`
        : "No migration or synchronization project exists.",
      remedy,
    ),
    namesCheck(inventory.version, projects, target),
  ];
}

/** Names must be unique when going from below 4.0.1 to 4.x. */
function namesCheck(
  from: string,
  projects: readonly ProjectFacts[],
  target: Pick<UpgradeTarget, "version"> | null,
): Check {
  const twice = projects.flatMap(({ kind, duplicateNames }) =>
    duplicateNames.map((name) => `${name} (${kind})`),
  );
  const needed =
    compareVersions(from, "4.0.1") < 0 && compareVersions(target?.version ?? "4.0.0", "4.0.0") >= 0;
  return check(
    "project-names",
    "Deployment",
    "Project names",
    twice.length === 0 ? "pass" : needed && target ? "fail" : needed ? "warning" : "pass",
    twice.length === 0
      ? "Every name is used once."
      : `Used more than once: ${twice.join(", ")}.${needed ? " Releases from 4.0.0 on need unique names." : ""}`,
    "Rename these projects in the console.",
  );
}

function describe({ kind, statuses }: ProjectFacts): string {
  const parts = Object.entries(statuses).map(([status, total]) => `${total} ${status}`);
  return `${kind}: ${parts.length > 0 ? parts.join(", ") : "none"}`;
}
