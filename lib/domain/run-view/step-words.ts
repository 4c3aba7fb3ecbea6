import type { NodeId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import type { Step, StepKind, StepOfKind } from "../step.ts";
import { gateWords } from "./gate-words.ts";

/** Names of nodes by their id, as the plan has them. */
export type HostNames = ReadonlyMap<NodeId, string>;

export function hostNames(plans: readonly Plan[]): HostNames {
  return new Map(plans.flatMap((plan) => plan.hosts.map((host) => [host.nodeId, host.name])));
}

interface Words<K extends StepKind> {
  /** The verb as an order ("Stop") and as what is happening ("Stopping"). */
  verb: readonly [order: string, doing: string];
  /** What the verb is about: "oms_330". */
  what: (params: StepOfKind<K>["params"]) => string;
}

/** What each step does, in words. A new kind of step does not compile without its line here. */
const words: { [K in StepKind]: Words<K> } = {
  "node.lock": { verb: ["Lock", "Locking"], what: () => "the node" },
  "node.verify": { verb: ["Check", "Checking"], what: () => "the node" },
  "node.survey": { verb: ["Look at", "Looking at"], what: () => "versions and services" },
  "metadb.survey": { verb: ["Look at", "Looking at"], what: () => "tables and projects" },
  "dump.trial": {
    verb: ["Try", "Trying"],
    what: (p) => `dump and restore of ${p.database}`,
  },
  "metadb.verify": {
    verb: ["Check", "Checking"],
    what: (p) => (p.users === "nobody" ? "that nobody uses the MetaDB any more" : "MetaDB"),
  },
  "image.load": { verb: ["Load", "Loading"], what: () => "the new image" },
  "ha.disable": { verb: ["Switch HA off", "Switching HA off"], what: () => "" },
  "container.stop": { verb: ["Stop", "Stopping"], what: (p) => p.containerName },
  "heartbeat.prune": {
    verb: ["Delete", "Deleting"],
    what: (p) => `old heartbeats of ${p.database}`,
  },
  "database.dump": { verb: ["Back up", "Backing up"], what: (p) => p.database },
  "dump.verify": { verb: ["Prove", "Proving"], what: (p) => `the backup of ${p.database}` },
  "database.rehearse": {
    verb: ["Rehearse", "Rehearsing"],
    what: (p) => `the restore of ${p.database}`,
  },
  "rehearsal.end": { verb: ["End", "Ending"], what: (p) => `the rehearsal of ${p.database}` },
  "container.start": { verb: ["Start", "Starting"], what: (p) => p.container.name },
  "metadata.init": {
    verb: ["Initialise", "Initialising"],
    what: (p) => `the metadata in ${p.containerName}`,
  },
  "services.start": {
    verb: ["Start", "Starting"],
    what: (p) => `the services in ${p.containerName}`,
  },
  "node.health": {
    verb: ["Wait", "Waiting"],
    what: (p) => `until ${p.containerName} is healthy`,
  },
  "ha.enable": { verb: ["Switch HA on", "Switching HA on"], what: () => "" },
  "console.restart": {
    verb: ["Restart", "Restarting"],
    what: (p) => `the console in ${p.containerName}`,
  },
  "container.retire": {
    verb: ["Rename", "Renaming"],
    what: (p) => `${p.containerName} to ${p.newName}`,
  },
  "database.recreate": {
    verb: ["Drop and re-create", "Dropping and re-creating"],
    what: (p) => p.database,
  },
  "database.restore": { verb: ["Restore", "Restoring"], what: (p) => p.database },
  "database.compare": {
    verb: ["Compare", "Comparing"],
    what: (p) => `${p.database} with its backup`,
  },
  "container.restart": { verb: ["Start", "Starting"], what: (p) => `${p.containerName} again` },
  gate: {
    verb: ["Wait", "Waiting"],
    what: (p) => `for an approval ${gateWords[p.before].where}`,
  },
};

/** The node a step works on or through; null for what belongs to the deployment as a whole. */
export function nodeOf(step: Step): NodeId | null {
  if (step.scope.type === "host") return step.scope.nodeId;
  return "nodeId" in step.params ? step.params.nodeId : null;
}

/** "Stop oms_330 on hz-1" */
export function stepTitle(step: Step, hosts: HostNames): string {
  return sentence(step, hosts, 0);
}

/** "Stopping oms_330 on hz-1" */
export function stepDoing(step: Step, hosts: HostNames): string {
  return sentence(step, hosts, 1);
}

function sentence(step: Step, hosts: HostNames, form: 0 | 1): string {
  const { verb, what } = words[step.kind] as Words<StepKind>;
  const node = nodeOf(step);
  const place = node === null ? "" : `on ${hosts.get(node) ?? node}`;
  // "Check the node on hz-1" would say it twice.
  const isNode = step.kind === "node.verify" || step.kind === "node.lock";
  const text = isNode && place ? place.slice(3) : what(step.params);
  const where = isNode ? "" : place;
  return [verb[form], text, where].filter(Boolean).join(" ");
}
