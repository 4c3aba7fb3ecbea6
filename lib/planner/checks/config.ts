import type { Check, DeploymentFacts } from "#lib/domain/facts.ts";
import type { InitDecision } from "#lib/domain/init-decision.ts";
import { evidenceWords, placeWords } from "#lib/domain/init-words.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { Confirmation } from "#lib/domain/metadb-use.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import { allNodes } from "#lib/domain/regions.ts";
import { initDecisions } from "../init-decisions.ts";
import { check } from "./check.ts";
import { isConfirmed, metadbChecks, placeOf, serverOf } from "./config-metadb.ts";

/** Does config.yaml say on every node what is registered, and the same in each region? */
export function configChecks(
  inventory: Inventory,
  facts: DeploymentFacts,
  target: UpgradeTarget | null = null,
): Check[] {
  const overrules = target?.initOverrules ?? [];
  const checks: Check[] = initDecisions(inventory, facts, overrules).map(sameFileCheck);
  const strange = overrules.filter(
    ({ regionId }) => !inventory.regions.some(({ id }) => id === regionId),
  );
  if (strange.length > 0) {
    checks.push(
      check(
        "config.overrules",
        "Deployment",
        "Where docker_init.sh runs",
        "fail",
        `An overrule names a region that is not there: ${strange.map(({ regionId }) => regionId).join(", ")}.`,
        "Name a region of this deployment, or leave the overrule out.",
      ),
    );
  }
  const addresses = new Set(allNodes(inventory).map(({ node }) => node.address));
  for (const region of inventory.regions) {
    const nodes = facts.nodes.filter((node) => node.regionId === region.id && node.config);
    for (const node of nodes) {
      const { config } = node;
      if (!config) continue;
      const differences = [
        [config.rmDatabase, inventory.metadb.rmDatabase, "rm database"],
        [config.cmDatabase, inventory.metadb.cmDatabase, "cm database"],
        [config.heartbeatDatabase, region.heartbeatDatabase, "heartbeat database"],
        [String(config.cmLocation), String(region.location), "location"],
        [config.cmRegion, region.name, "region"],
        [
          config.cmIsDefault ? "the default one" : "not the default one",
          region.isDefault ? "the default one" : "not the default one",
          "region is",
        ],
      ]
        .filter(([seen, registered]) => seen !== registered)
        .map(([seen, registered, what]) => `${what} ${seen} (registered: ${registered})`);
      const strangers = config.cmNodes.filter((address) => !addresses.has(address));
      const own = region.nodes.map(({ address }) => address);
      const absent = own.filter((address) => !config.cmNodes.includes(address));
      if (absent.length > 0)
        differences.push(`registered nodes not in cm_nodes ${absent.join(", ")}`);
      if (strangers.length > 0) differences.push(`unregistered cm_nodes ${strangers.join(", ")}`);
      checks.push(
        check(
          `config.${node.nodeId}`,
          node.name,
          "config.yaml",
          differences.length === 0 ? "pass" : "fail",
          differences.length === 0
            ? `${node.configPath} agrees with what is registered.`
            : `${node.configPath} differs: ${differences.join("; ")}.`,
          "Correct the deployment in Uplift, or the file on the node.",
        ),
      );
    }
  }
  const confirmed = target?.confirmed ?? [];
  return [
    ...checks,
    ...inventory.regions.flatMap((region) => metadbChecks(inventory, facts, region, confirmed)),
    ...acrossRegions(inventory, facts, confirmed),
  ];
}

/** How a region is initialised, and on what evidence. */
function sameFileCheck(decision: InitDecision): Check {
  const { regionId, region, ruled, overruledBecause, nodes } = decision;
  const place = `docker_init.sh runs ${placeWords(decision)}`;
  return check(
    `config.same.${regionId}`,
    region,
    "Same configuration file",
    overruledBecause !== null || (ruled === "each" && nodes.length > 1) ? "warning" : "pass",
    overruledBecause === null
      ? `${evidenceWords(decision)} So ${place}.`
      : `${evidenceWords(decision)} Overruled: ${place}. Reason: ${overruledBecause}`,
    overruledBecause === null
      ? "Nothing, if the difference is meant. The values are shown with the plan, where it can also be overruled."
      : "Nothing, if the overrule is meant.",
  );
}

/** Do the regions' files fit each other (docs/domain, section 1)? */
function acrossRegions(
  inventory: Inventory,
  facts: DeploymentFacts,
  confirmed: readonly Confirmation[],
): Check[] {
  const nodes = inventory.regions.flatMap((region) =>
    facts.nodes.flatMap((node) => {
      const { name, regionId, config } = node;
      if (regionId !== region.id || !config) return [];
      const server = serverOf(inventory, region);
      const isRegistered =
        placeOf(inventory, facts, region, node) !== "other" ||
        isConfirmed(config, server, confirmed);
      const at = isRegistered ? server : { host: config.metaHost, port: config.metaPort };
      return [{ name, regionId, config, ownServer: region.heartbeatServer !== null, at }];
    }),
  );
  if (nodes.length === 0) return [];
  const oneFile = inventory.regions.flatMap((region) => {
    const first = nodes.find((node) => node.regionId === region.id);
    return first ? [{ ...first, region: region.name }] : [];
  });
  const problems: string[] = [];
  const defaults = oneFile.filter(({ config }) => config.cmIsDefault);
  if (defaults.length !== 1 && oneFile.length === inventory.regions.length) {
    const named = defaults.map(({ region }) => region).join(", ") || "none";
    problems.push(`cm_is_default is true in ${named} instead of exactly one region`);
  }
  const unique = [
    ["cm_location", ({ config }) => String(config.cmLocation)],
    [
      "drc_cm_heartbeat_db",
      ({ config, at }) => `${config.heartbeatDatabase} on ${at.host}:${at.port}`,
    ],
  ] as const satisfies [string, (one: (typeof oneFile)[number]) => string][];
  for (const [key, read] of unique) {
    for (const [value, regions] of Map.groupBy(oneFile, read)) {
      if (regions.length < 2) continue;
      problems.push(
        `${key} ${value} is used by ${regions.map(({ region }) => region).join(" and ")}`,
      );
    }
  }
  const shared = [
    ["drc_rm_db", (one: (typeof nodes)[number]) => one.config.rmDatabase],
    ["drc_cm_db", (one: (typeof nodes)[number]) => one.config.cmDatabase],
  ] as const;
  for (const [key, read] of shared) {
    // A region with a heartbeat server of its own does not say in its file where rm and cm are.
    const where = (one: (typeof nodes)[number]) =>
      one.ownServer ? read(one) : `${read(one)} on ${one.at.host}:${one.at.port}`;
    const names = Map.groupBy(nodes, read);
    const values =
      names.size > 1
        ? [...names]
        : [
            ...Map.groupBy(
              nodes.filter((one) => !one.ownServer),
              where,
            ),
          ];
    if (values.length < 2) continue;
    const seen = values.map(([value, [first]]) => `${value} on ${first?.name}`).join(", ");
    problems.push(`${key} is not the same everywhere: ${seen}`);
  }
  return [
    check(
      "config.regions",
      "Deployment",
      "Regions fit each other",
      problems.length === 0 ? "pass" : "fail",
      problems.length === 0
        ? "One default region, own locations and heartbeat databases, the same rm and cm."
        : `${problems.join("; ")}.`,
      "Correct config.yaml on the nodes named; every region has its own location and heartbeat database, all share rm and cm.",
    ),
  ];
}
