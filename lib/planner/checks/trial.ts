import type { Check, DeploymentFacts, DumpTool, DumpTrial } from "#lib/domain/facts.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { databasePlaces } from "../places.ts";
import { isOf, trialsOf } from "../topology.ts";
import { check } from "./check.ts";

/**
 * Has every database been dumped and restored for trial, on the node and with the programs that will do it? What
 * cannot be restored is known here, hours before anything is stopped.
 */
export function trialChecks(inventory: Inventory, facts: DeploymentFacts): Check[] {
  return databasePlaces(inventory).flatMap((place) => {
    const { node, name, serverKey, key } = place;
    const seen = facts.nodes.find(({ nodeId }) => nodeId === node.id);
    const server = facts.servers.find((one) => one.key === serverKey);
    // Only a preflight tries; a node or a database that was not seen has a check of its own.
    if (!seen?.survey || !server?.databases.find((one) => one.name === name)?.exists) return [];
    const trials = trialsOf(facts, place);
    const id = `trial.${key}` as const;
    const title = `Trial of ${name}`;
    const worked = trials.find(({ trouble }) => trouble === null);
    if (worked) return [check(id, node.name, title, "pass", describeTrial(worked, trials))];
    const [first] = trials;
    const broken = seen.brokenTrials.find((one) => isOf(place, one));
    if (broken) {
      const evidence = `The trial of ${name} on ${node.name} was interrupted: ${broken.message}`;
      return [check(id, node.name, title, "unknown", evidence, `${broken.remedy} Check again.`)];
    }
    if (!first?.trouble) {
      return [
        check(
          id,
          node.name,
          title,
          "fail",
          `There is no mysqldump with a mysql client on ${node.name}, nor in its OMS images.`,
          `Install the MySQL or MariaDB client on ${node.name} (package mysql-client or mariadb-client).`,
        ),
      ];
    }
    return [
      check(
        id,
        node.name,
        title,
        "fail",
        trials.map(({ tool, trouble }) => `${placeOf(tool)}: ${trouble?.message}`).join(" "),
        [...new Set(trials.flatMap(({ trouble }) => trouble?.remedy ?? []))].join(" "),
      ),
    ];
  });
}

function describeTrial(worked: DumpTrial, trials: readonly DumpTrial[]): string {
  const { tool, restored, of, objects, durationMs } = worked;
  const seconds = (durationMs / 1000).toFixed(1);
  const others = trials.filter(({ trouble }) => trouble !== null);
  const refused = others.map((one) => ` ${placeOf(one.tool)}: ${one.trouble?.message}`).join("");
  return `${placeOf(tool)} (${tool.version}; ${tool.clientVersion}) dumped and restored ${restored} of ${of} tables and views, and ${objects} triggers, routines and events, in ${seconds} s; they came out alike.${refused === "" ? "" : ` Not taken:${refused}`}`;
}

/** Where the programs are, by their paths. */
function placeOf({ place, dump, client, image }: DumpTool): string {
  const programs = `${dump} and ${client}`;
  if (image === undefined) return programs;
  const short = image.replace(/^sha256:/, "").slice(0, 12);
  return `${programs} of the ${place === "new-image" ? "new" : "old"} image ${short}`;
}
