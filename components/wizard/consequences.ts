import { hopsOf, type Plan } from "#lib/domain/plan.ts";
import { gateWords } from "#lib/domain/run-view/gate-words.ts";

export interface Consequences {
  sentences: string[];
  recovery: string;
  verb: string;
}

/** What starting a plan does to the world, in the words of its last question. Pure. */
export function consequencesOf(plan: Plan): Consequences {
  // A chain stops what runs now in its first hop, and what it has started itself in the later ones.
  const first = plan.steps.filter(({ hop }) => (hop ?? 1) === 1);
  const stops = first.filter((step) => step.kind === "container.stop").length;
  const dumps = first.filter((step) => step.kind === "database.dump").length;
  const hops = hopsOf(plan);
  const ha = plan.steps.some((step) => step.kind === "ha.disable");
  const loads = plan.steps.filter((step) => step.kind === "image.load").length;
  const gates = new Set(
    plan.steps.flatMap((step) => (step.kind === "gate" ? [step.params.before] : [])),
  );
  const containers = stops === 1 ? "1 container" : `${stops} containers`;
  const sentences = [
    ...(loads > 0 ? [`The image is loaded on ${loads === 1 ? "1 node" : `${loads} nodes`}.`] : []),
    ...(ha ? ["HA is switched off until the upgrade is through."] : []),
    `${containers} on ${plan.hosts.length === 1 ? "1 node" : `${plan.hosts.length} nodes`} ${stops === 1 ? "is" : "are"} stopped: the outage begins with the first (T1).`,
    `${dumps === 1 ? "1 database is" : `${dumps} databases are`} dumped and every dump is proven before a schema is touched.`,
    ...hops.map(
      ({ toVersion, containerName }) =>
        `${toVersion} is started as ${containerName} and changes the schema of the databases.`,
    ),
    ...(hops.length > 1
      ? [
          `Before each of the ${hops.length} hops the databases are dumped again, and one hop follows the other without a question.`,
        ]
      : []),
    ...[...gates].map(
      (gate) => `It waits for an approval ${gateWords[gate].where}. ${gateWords[gate].meanwhile}`,
    ),
  ];
  return {
    sentences,
    recovery:
      hops.length > 1
        ? "At any moment the run can be paused and rolled back, to the beginning or to a release on the way: the old containers stay, and the databases are restored from the proven dumps."
        : "At any moment the run can be paused and rolled back: the old containers stay, and the databases are restored from the proven dumps.",
    verb: `Stop ${containers} and upgrade`,
  };
}
