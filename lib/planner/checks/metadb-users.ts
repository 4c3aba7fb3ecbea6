import type { Check, DeploymentFacts, ServerFacts } from "#lib/domain/facts.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { completeLists, strangers, unseenKey } from "#lib/domain/judge-use.ts";
import type { MetadbUse, OtherDeployment, RegisteredUse } from "#lib/domain/metadb-use.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import { registeredUse, serverName, whyBlind } from "../registered-use.ts";
import { listed } from "../words.ts";
import { check } from "./check.ts";

const title = "Nobody else on the databases";

/**
 * Does anybody use the deployment's databases who was not registered? Their schema is changed, and in a rollback they
 * are dropped, under whoever does.
 */
export function metadbUserChecks(
  inventory: Inventory,
  facts: DeploymentFacts,
  target: Pick<UpgradeTarget, "confirmed"> | null,
): Check[] {
  const registered = registeredUse(inventory, facts, target?.confirmed ?? []);
  return facts.servers
    .filter(({ version }) => version !== null)
    .flatMap((server) => [
      ...sharedCheck(server, facts.others, registered),
      usersCheck(inventory, facts, server, registered),
    ]);
}

/** Another deployment of this dashboard on the same databases: one of the two registrations is wrong. */
function sharedCheck(
  server: ServerFacts,
  others: readonly OtherDeployment[],
  registered: RegisteredUse,
): Check[] {
  const at = serverName(server);
  const own = registered.servers.find((one) => one.at === at)?.databases ?? [];
  const sharing = others.flatMap((one) => {
    const shared = one.at === at ? one.databases.filter((name) => own.includes(name)) : [];
    return shared.length > 0 ? [`${one.name} (${listed(shared)})`] : [];
  });
  if (sharing.length === 0) return [];
  return [
    check(
      `metadb-users.deployments.${server.key}`,
      at,
      "No other deployment on the databases",
      "fail",
      `Registered on the same databases: ${sharing.join(", ")}.`,
      "Register all regions and nodes of one OMS as one deployment, and delete the other one; or correct the databases' names.",
    ),
  ];
}

function usersCheck(
  inventory: Inventory,
  facts: DeploymentFacts,
  server: ServerFacts,
  registered: RegisteredUse,
): Check {
  const { key, use } = server;
  const at = serverName(server);
  const id = `metadb-users.${key}` as const;
  const known = registered.servers.find((one) => one.at === at);
  if (!use || !known) {
    return check(id, at, title, "unknown", "It was not looked at.", "Check again.");
  }
  const reasonOf = (wanted: string) =>
    registered.confirmed.find((one) => one.key === wanted)?.reason ?? null;
  const found = strangers(use, known, registered);
  const open = found.filter((one) => reasonOf(one.key) === null);
  const confirmed = found.flatMap((one) => {
    const reason = reasonOf(one.key);
    return reason === null ? [] : [`${one.text} Confirmed in writing: ${reason}`];
  });
  if (open.length > 0) {
    const evidence = [...open.map(({ text }) => text), ...confirmed].join(" ");
    return {
      ...check(id, at, title, "fail", evidence, strangersRemedy),
      confirm: [...new Set(open.map((one) => one.key))],
    };
  }
  const blind = whyBlind(inventory, facts, server, registered);
  const blindKey = unseenKey(at);
  const reason = reasonOf(blindKey);
  if (blind !== null && !registered.listed && reason === null) {
    const evidence = `${blind} No table of cm lists the registered nodes either.`;
    const made = check(id, at, title, "unknown", evidence, unseenRemedy);
    return { ...made, confirm: [blindKey] };
  }
  const evidence = [
    ...confirmed,
    ...(blind === null
      ? ["Every session on these databases comes from a registered node."]
      : [blind]),
    ...(blind !== null && !registered.listed ? [`Confirmed in writing: ${reason}`] : []),
    ...listsOf(use, registered),
  ].join(" ");
  const isAssumed = confirmed.length > 0 || (blind !== null && !registered.listed);
  if (!isAssumed) return check(id, at, title, "pass", evidence);
  return { ...check(id, at, title, "warning", evidence, "Nothing, if it is so."), confirm: [] };
}

const strangersRemedy =
  "Register all regions and nodes of this OMS. End sessions that do not belong to it. What is there on purpose and in nobody's way, confirm in writing.";

const unseenRemedy =
  "Make sure that no OMS but this deployment's nodes uses these databases, and confirm that in writing; or grant PROCESS to the MetaDB user, and let it reach the server without a proxy.";

function listsOf(use: MetadbUse, registered: RegisteredUse): string[] {
  return completeLists(use, registered).map((table) => `${table} lists registered nodes only.`);
}
