import { evidenceWords, placeWords } from "#lib/domain/init-decision.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { gatesInOrder, gateWords } from "#lib/domain/run-view/gate-words.ts";
import type { Step } from "#lib/domain/step.ts";
import { bringBack, switchesHa } from "./forward/bring-back.ts";
import { gated } from "./forward/gate.ts";
import { prepare } from "./forward/prepare.ts";
import { type Situation, situationOf, type UpgradeRequest } from "./forward/situation.ts";
import { initialise, isMasked, startContainers } from "./forward/start-and-init.ts";
import { backUp, stopEverything } from "./forward/stop-and-back-up.ts";
import { planHosts } from "./topology.ts";
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
  const ready = prepare(situation);
  const stopped = stopEverything(situation, ready);
  const proven = backUp(situation, stopped);
  const started = startContainers(situation, gated(situation, "start", "start", proven));
  const initialised = initialise(situation, gated(situation, "init", "init", started));
  bringBack(situation, initialised);

  const { planId, inventory, target } = request;
  return {
    id: planId,
    leg: "forward",
    deploymentId: inventory.id,
    deploymentName: inventory.name,
    inventoryRevision: inventory.revision,
    catalogueVersion: situation.catalogue.version,
    fromVersion: inventory.version,
    toVersion: target.version,
    image: target.image,
    containerName: target.containerName,
    hosts: planHosts(inventory, request.facts),
    steps,
    summary: summaryOf(situation),
    warnings: warningsOf(situation),
    initialisation: situation.initialisation,
    haConfig: situation.ha.config,
    undoes: null,
    backups: [],
  };
}

/** What it will do, in sentences. */
function summaryOf(situation: Situation): string[] {
  const { inventory, target, nodes, databases, backupDirectory, release } = situation;
  const regions = inventory.regions.length;
  return [
    `Upgrade ${inventory.name} from ${inventory.version} to ${target.version} on ${count(nodes.length, "node")} in ${count(regions, "region")}.`,
    "OMS is down from the first stop (T1) until every node is healthy and HA is back (T2).",
    `${count(databases.length, "database")} are dumped to ${backupDirectory} and proven before anything is changed.`,
    `docker_init.sh runs ${listed(situation.initialisation.map((one) => `in ${one.region} ${placeWords(one)}`))}.`,
    switchesHa(situation)
      ? "HA is switched off first and on again at the end."
      : release.ha
        ? "HA is off and stays off."
        : "This release does not switch HA.",
    ...approvalsOf(situation),
  ];
}

/** Where the run will wait for a person, and what that costs. */
function approvalsOf({ target }: Situation): string[] {
  const gates = gatesInOrder(target.gates).map((gate) => gateWords[gate]);
  if (gates.length === 0) return [];
  const places = (some: typeof gates) => listed(some.map(({ where }) => where));
  const down = gates.filter((gate) => gate.down);
  return [
    `The run waits for ${count(gates.length, "approval")}: ${places(gates)}.`,
    ...(down.length > 0
      ? [`OMS is down while it waits ${places(down)}: the outage clock keeps running.`]
      : []),
  ];
}

/** What the operator has to know: the vendor's warnings, and what could not be carried over. */
function warningsOf(situation: Situation): string[] {
  const { releaseWarnings, unlisted, target, nodes, initialisation } = situation;
  const masked = nodes.flatMap(({ node, container }) =>
    container.environment
      .filter(isMasked)
      .map((entry) => `${entry.slice(0, entry.indexOf("="))} on ${node.name}`),
  );
  return [
    ...releaseWarnings,
    ...(unlisted === null ? [] : [`${unlisted} Confirmed: ${target.unlistedPathReason ?? "no"}`]),
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
