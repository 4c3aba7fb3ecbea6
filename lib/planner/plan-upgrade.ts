import type { Check } from "#lib/domain/facts.ts";
import type { StepId } from "#lib/domain/ids.ts";
import { evidenceWords, placeWords } from "#lib/domain/init-words.ts";
import type { Text } from "#lib/domain/message.ts";
import type { Plan, PlanHop } from "#lib/domain/plan.ts";
import { gatesInOrder, gateWords } from "#lib/domain/run-view/gate-words.ts";
import type { Step } from "#lib/domain/step.ts";
import { metadbChecks } from "./checks/config-metadb.ts";
import { metadbUserChecks } from "./checks/metadb-users.ts";
import { bringBack, switchesHa } from "./forward/bring-back.ts";
import { gated, isPerHop } from "./forward/gate.ts";
import { healthy } from "./forward/health.ts";
import { firstWithHa, type Hop } from "./forward/hop.ts";
import { prepare } from "./forward/prepare.ts";
import { rehearsalWords, rehearse } from "./forward/rehearse.ts";
import { type Situation, situationOf, type UpgradeRequest } from "./forward/situation.ts";
import { initialise, isMasked, startContainers } from "./forward/start-and-init.ts";
import { backUp, stopEverything, switchHaOff } from "./forward/stop-and-back-up.ts";
import { registeredUse } from "./registered-use.ts";
import { planHosts, tlsWords } from "./topology.ts";
import { count, listed } from "./words.ts";

/**
 * The forward leg (docs/domain, section 3) as data. Pure: the same request gives the same plan.
 * Everything that can be done before T1 is done before T1, and what can run in parallel does.
 *
 * @throws UpliftError plan.blocked when a fact it needs is missing; the checks say which
 */
export function planUpgrade(request: UpgradeRequest): Plan {
  const steps: Step[] = [];
  const situation = situationOf(request, steps);
  let ready = prepare(situation);
  for (const hop of situation.hops) ready = planHop(situation, hop, ready);
  const haOff = steps.find(({ kind }) => kind === "ha.disable")?.id ?? null;
  bringBack(situation, haOff, ready);

  const { planId, inventory, target } = request;
  return {
    id: planId,
    leg: "forward",
    purpose: "upgrade",
    deploymentId: inventory.id,
    deploymentName: inventory.name,
    inventoryRevision: inventory.revision,
    catalogueVersion: situation.catalogue.version,
    fromVersion: inventory.version,
    toVersion: target.version,
    image: target.image,
    containerName: target.containerName,
    hops: hopsOfPlan(situation),
    hosts: planHosts(inventory, request.facts),
    steps,
    summary: summaryOf(situation),
    warnings: warningsOf(situation),
    initialisation: situation.initialisation,
    haConfig: situation.ha.config,
    use: registeredUse(inventory, request.facts, target.confirmed),
    undoes: null,
    backups: [],
  };
}

function hopsOfPlan({ hops }: Situation): PlanHop[] {
  if (hops.length === 1) return [];
  return hops.map(({ fromVersion, toVersion, image, containerName }) => ({
    fromVersion,
    toVersion,
    image,
    containerName,
  }));
}

/** One upgrade of the chain: from the first stop until every node is healthy. @returns the last steps */
function planHop(situation: Situation, hop: Hop, ready: StepId[]): StepId[] {
  const quiet = firstWithHa(situation) === hop ? switchHaOff(situation, hop, ready) : ready;
  const stopped = stopEverything(situation, hop, quiet);
  const backedUp = backUp(situation, hop, stopped);
  const before = situation.hops.indexOf(hop) * situation.databases.length;
  const rehearsed = rehearse(situation, hop, backedUp, before);
  const approved = gated(situation, hop, "start", "start", backedUp.proven);
  const started = startContainers(situation, hop, approved);
  const initialised = initialise(
    situation,
    hop,
    gated(situation, hop, "init", "init", [...started, ...rehearsed]),
  );
  return healthy(situation, {
    hop,
    id: "health",
    phase: "health",
    containerName: hop.containerName,
    after: situation.nodes.map(() => initialised),
  });
}

/** What it will do, in sentences. */
function summaryOf(situation: Situation): string[] {
  const { inventory, target, nodes, databases, backupDirectory, hops } = situation;
  const regions = inventory.regions.length;
  const chain = hops.length > 1;
  return [
    `Upgrade ${inventory.name} from ${inventory.version} to ${target.version} on ${count(nodes.length, "node")} in ${count(regions, "region")}.`,
    ...(chain ? [chainWords(situation)] : []),
    "OMS is down from the first stop (T1) until every node is healthy and HA is back (T2).",
    chain
      ? `${count(databases.length, "database")} are dumped and proven before each hop, ${databases.length * hops.length} dumps in all, in ${backupDirectory}: the upgrade can be rolled back to the beginning or to any release on the way.`
      : `${count(databases.length, "database")} are dumped to ${backupDirectory} and proven before anything is changed.`,
    ...rehearsalWords(situation),
    `docker_init.sh runs ${chain ? "in each hop " : ""}${listed(situation.initialisation.map((one) => `in ${one.region} ${placeWords(one)}`))}.`,
    haWords(situation),
    tlsWords(inventory),
    ...approvalsOf(situation),
  ];
}

function chainWords({ hops }: Situation): string {
  const versions = [hops[0].fromVersion, ...hops.map(({ toVersion }) => toVersion)];
  return `It goes in ${hops.length} hops, ${versions.join(" → ")}: one approval and one outage for all of them.`;
}

function haWords(situation: Situation): string {
  const first = firstWithHa(situation);
  if (!first) {
    return situation.hops.length > 1
      ? "These releases do not switch HA."
      : "This release does not switch HA.";
  }
  if (first !== situation.hops[0]) {
    return `${situation.hops[0].fromVersion} is from before HA: ${first.fromVersion} is asked whether HA is on before its containers are stopped, and at the end HA is as it was found.`;
  }
  return switchesHa(situation)
    ? "HA is switched off first and on again at the end."
    : "HA is off and stays off.";
}

/** Where the run will wait for a person, and what that costs. */
function approvalsOf({ target, hops }: Situation): string[] {
  const placed = gatesInOrder(target.gates);
  const gates = placed.map((gate) => gateWords[gate]);
  if (gates.length === 0) return [];
  const places = (some: typeof gates) => listed(some.map(({ where }) => where));
  const down = gates.filter((gate) => gate.down);
  const again = placed.filter(isPerHop);
  const all = gates.length + again.length * (hops.length - 1);
  return [
    `The run waits for ${count(all, "approval")}: ${places(gates)}.`,
    ...(hops.length > 1 && again.length > 0
      ? [`It waits ${places(again.map((gate) => gateWords[gate]))} in each hop.`]
      : []),
    ...(down.length > 0
      ? [`OMS is down while it waits ${places(down)}: the outage clock keeps running.`]
      : []),
  ];
}

/** The checks that let a plan be made because a person has put something in writing. */
function confirmedChecks({ inventory, facts, target }: Situation): Check[] {
  if (target.confirmed.length === 0) return [];
  const { regions } = inventory;
  const asked = [
    ...regions.flatMap((region) => metadbChecks(inventory, facts, region, target.confirmed)),
    ...metadbUserChecks(inventory, facts, target),
  ];
  return asked.filter(({ result, confirm }) => result === "warning" && confirm !== undefined);
}

/** What the operator has to know: the vendor's warnings, and what could not be carried over. */
function warningsOf(situation: Situation): Text[] {
  const { hops, target, nodes, initialisation } = situation;
  const masked = nodes.flatMap(({ node, container }) =>
    container.environment
      .filter(isMasked)
      .map((entry) => `${entry.slice(0, entry.indexOf("="))} on ${node.name}`),
  );
  return [
    ...new Set(hops.flatMap(({ warnings }) => warnings)),
    ...hops.flatMap(({ unlisted }) =>
      unlisted === null ? [] : [`${unlisted} Confirmed: ${target.unlistedPathReason ?? "no"}`],
    ),
    ...confirmedChecks(situation).map(({ evidence }) => evidence),
    ...initialisation.flatMap((one) =>
      one.overruledBecause === null
        ? []
        : [
            `${evidenceWords(one)} By that docker_init.sh would run ${placeWords({ ...one, mode: one.ruled })}. It was overruled for ${one.region}: ${placeWords(one)}. Reason: ${one.overruledBecause}`,
          ],
    ),
    ...(masked.length === 0
      ? []
      : [
          `These variables of the old containers look like secrets and are not carried over: ${masked.join(", ")}.`,
        ]),
  ];
}
