import type { CheckTopic } from "#lib/domain/check-topics.ts";
import type { Check, DeploymentFacts, ServerFacts } from "#lib/domain/facts.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { readHaConfig } from "#lib/oms/ha-config.ts";
import { check } from "./check.ts";
import { connectionCheck } from "./connection.ts";
import { describeDatabase, engineCheck } from "./database.ts";
import { rehearsalChecks } from "./rehearsal.ts";

/** Does a MySQL server answer, and may its user do what dump and restore need? */
export function serverChecks(
  inventory: Pick<Inventory, "settings">,
  server: ServerFacts,
  facts: Pick<DeploymentFacts, "nodes">,
  /** Whether the release that runs now knows HA. */
  knowsHa: boolean,
): Check[] {
  const scope = `${server.host}:${server.port}`;
  const id = (topic: CheckTopic) => `${topic}.${server.key}` as const;
  const checks = server.errors.map((error, index) =>
    check(`${id("metadb")}.${index}`, scope, "MetaDB", "fail", error.message, error.remedy),
  );
  if (server.version === null) return checks;
  const via = facts.nodes.find((node) => node.nodeId === server.viaNodeId)?.name ?? "a node";
  checks.push(
    check(id("metadb"), scope, "MetaDB answers", "pass", `${server.version}, reached from ${via}.`),
    connectionCheck(server),
    // Null when the look has ended before: then its error is a check.
    ...(server.rehearsalRights === null ? [] : rightsChecks(server, scope)),
    ...rehearsalChecks(server, inventory),
    ...server.databases.map((database) =>
      check(
        `database.${server.key}.${database.name}`,
        scope,
        `Database ${database.name}`,
        database.exists ? "pass" : "fail",
        database.exists
          ? describeDatabase(database)
          : `There is no database ${database.name} on ${scope}.`,
        "Correct the database's name in the deployment.",
      ),
    ),
    ...server.databases.flatMap((database) => engineCheck(server.key, scope, database)),
  );
  if (server.key === "metadb") checks.push(haCheck(server.haConfig, knowsHa));
  return checks;
}

function rightsChecks(
  { key, missingRights, blindRights, unreadableRoles }: ServerFacts,
  scope: string,
) {
  const roles = unreadableRoles.join(", ");
  return [
    check(
      `rights.${key}`,
      scope,
      "Rights",
      missingRights.length === 0 ? "pass" : "fail",
      missingRights.length === 0
        ? "The user may dump, drop, create and restore."
        : `Missing: ${missingRights.join(", ")}.${roles === "" ? "" : ` The server does not tell what the role ${roles} holds.`}`,
      roles === ""
        ? "Grant the missing rights to the MetaDB user."
        : "Grant the missing rights to the MetaDB user itself, not through a role.",
    ),
    check(
      `blind.${key}`,
      scope,
      "Nothing hidden",
      blindRights.length === 0 ? "pass" : "warning",
      blindRights.length === 0
        ? "The user sees triggers, events and routines, so the dump holds them."
        : `Without ${blindRights.join(", ")} the server hides what it is about; a rollback would lose it.`,
      "Grant these rights to the MetaDB user, or make sure that there are no triggers, events and routines.",
    ),
  ];
}

function haCheck(raw: string | null, knowsHa: boolean): Check {
  const remedy = "Mend ha.config in the console (System Management > System Parameters).";
  if (raw === null && !knowsHa) {
    const evidence = "There is no ha.config: this release is from before HA.";
    return check("ha", "Deployment", "HA setting", "pass", evidence);
  }
  if (raw === null) {
    return check(
      "ha",
      "Deployment",
      "HA setting",
      "fail",
      "There is no ha.config in oms_normal_config, or more than one.",
      remedy,
    );
  }
  try {
    const ha = readHaConfig(raw);
    return check(
      "ha",
      "Deployment",
      "HA setting",
      "pass",
      `ha.config is valid JSON: HA is ${ha.enable ? "on" : "off"}, refetchStoreIntervalMin is ${ha.refetchStoreIntervalMin ?? "not set"}.`,
    );
  } catch (error) {
    const evidence = error instanceof Error ? error.message : String(error);
    return check("ha", "Deployment", "HA setting", "fail", evidence, remedy);
  }
}
