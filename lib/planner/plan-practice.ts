import type { Check, DeploymentFacts } from "#lib/domain/facts.ts";
import type { PlanId, StepId } from "#lib/domain/ids.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { Step } from "#lib/domain/step.ts";
import { type Catalogue, catalogue as known } from "#lib/oms/catalogue.ts";
import { dumpAndProve } from "./forward/dump-and-prove.ts";
import { backupNeed } from "./forward/prepare.ts";
import { rehearsalWords, rehearse } from "./forward/rehearse.ts";
import { tryDumps } from "./forward/try-dumps.ts";
import { makeStep } from "./make-step.ts";
import { databaseSites, nodesWithFacts, planHosts, serverSites, tlsWords } from "./topology.ts";
import { count } from "./words.ts";

export interface PracticeRequest {
  planId: PlanId;
  inventory: Inventory;
  facts: DeploymentFacts;
  /** Whether the dumps are restored into scratch databases, too. */
  rehearse: boolean;
  catalogue?: Catalogue;
}

/** The checks that a practice rests on, by the first part of their ids: whether the upgrade may begin is no matter. */
const needed: ReadonlySet<string> = new Set([
  "look",
  "ssh",
  "lock",
  "trial",
  "rehearsal-rights",
  "compression",
  "disk",
  "metadb",
  "rights",
  "database",
]);

/** The checks that stand in the way of a practice backup. Pure. */
export function practiceBlockers(checks: readonly Check[]): Check[] {
  return checks.filter(
    ({ id, result }) =>
      (result === "fail" || result === "unknown") && needed.has(id.split(".")[0] ?? ""),
  );
}

/**
 * The dumps of an upgrade for practice, while OMS runs (docs/adr/0023): locks, a look, dumps, proofs and
 * rehearsals under the ids they have in an upgrade, and nothing that changes OMS. Pure.
 *
 * @throws UpliftError dump.tool_missing; the checks say so before
 */
export function planPractice(request: PracticeRequest): Plan {
  const { planId, inventory, facts, catalogue = known } = request;
  const steps: Step[] = [];
  const add = (step: Step): StepId => {
    steps.push(step);
    return step.id;
  };
  const databases = databaseSites(inventory, facts);
  const directory = inventory.settings.backupDirectory.replace(/\/+$/, "");
  const situation = { ...request, add, databases, backupDirectory: `${directory}/${planId}` };
  const hop = { number: null, fromVersion: inventory.version };
  const ready = prepare(situation);
  const backedUp = dumpAndProve(situation, hop, { live: true }, () => ready);
  if (request.rehearse) rehearse(situation, hop, backedUp);
  const [first] = nodesWithFacts(inventory, facts);
  return {
    id: planId,
    leg: "forward",
    purpose: "practice",
    deploymentId: inventory.id,
    deploymentName: inventory.name,
    inventoryRevision: inventory.revision,
    catalogueVersion: catalogue.version,
    fromVersion: inventory.version,
    toVersion: inventory.version,
    image: first?.seen.container?.image ?? "",
    containerName: first?.node.containerName ?? "",
    hops: [],
    hosts: planHosts(inventory, facts),
    steps,
    summary: [
      `Dump ${count(databases.length, "database")} of ${inventory.name} to ${situation.backupDirectory} for practice, while OMS runs: no container is stopped and HA is not touched.`,
      ...(request.rehearse ? rehearsalWords(situation) : ["No restore is rehearsed."]),
      tlsWords(inventory),
      "The time of each dump, proof and rehearsal is kept for the estimate of an upgrade's outage.",
    ],
    warnings: [
      "The databases are read as a whole while OMS works with them: expect load on the MetaDB.",
      "OMS writes meanwhile, heartbeats every second: rows that differ from the dump are told and prove nothing.",
    ],
    initialisation: [],
    haConfig: null,
    use: null,
    undoes: null,
    backups: [],
  };
}

type Situation = PracticeRequest & {
  add(step: Step): StepId;
  databases: ReturnType<typeof databaseSites>;
};

/** Locks every host, then looks at those that dump, and at the servers. @returns what the dumps wait for */
function prepare(situation: Situation): StepId[] {
  const { add, inventory, facts, databases } = situation;
  const nodes = nodesWithFacts(inventory, facts);
  const locked = nodes.map(({ node, key }) =>
    add(
      makeStep({
        id: `lock.${key}`,
        kind: "node.lock",
        phase: "verify",
        scope: { type: "host", nodeId: node.id },
        params: { nodeId: node.id },
        after: [],
      }),
    ),
  );
  const dumping = nodes.filter(({ node }) => databases.some((site) => site.node.id === node.id));
  const verified = dumping.map(({ node, seen, key }) =>
    add(
      makeStep({
        id: `verify.${key}`,
        kind: "node.verify",
        phase: "verify",
        scope: { type: "host", nodeId: node.id },
        params: {
          nodeId: node.id,
          containerName: seen.container?.name ?? node.containerName,
          ...{ containerId: null, mustRun: false, configPath: null, configSha256: null },
          ...{ freeName: null, image: null, onTheWay: { freeNames: [], images: [] } },
          backupDirectory: inventory.settings.backupDirectory,
          needBytes: backupNeed(facts).bytes,
          healthAt: null,
        },
        after: locked,
      }),
    ),
  );
  const servers = serverSites(inventory).map(({ key, route, databases: names }) =>
    add(
      makeStep({
        id: key === "metadb" ? "verify.metadb" : `verify.metadb.${key}`,
        kind: "metadb.verify",
        phase: "verify",
        scope: { type: "deployment" },
        params: { route, databases: names, users: "any" },
        after: locked,
      }),
    ),
  );
  return [...verified, ...servers, ...tryDumps(situation, null, "try", "verify", locked)];
}
