import { hopsOf } from "#lib/domain/hops.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { Translator } from "#lib/i18n/types.ts";

export interface Consequences {
  sentences: string[];
  recovery: string;
  verb: string;
}

/** What starting a plan does to the world, in the words of its last question. Pure. */
export function consequencesOf(
  plan: Plan,
  t: Translator<"wizard">,
  words: Translator<"words">,
): Consequences {
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
  const sentences = [
    ...(loads > 0 ? [t("imageLoads", { loads })] : []),
    ...(ha ? [t("haOff")] : []),
    t("containersStop", { stops, hosts: plan.hosts.length }),
    t("databasesDump", { dumps }),
    ...hops.map(({ toVersion, containerName }) => t("starts", { toVersion, containerName })),
    ...(hops.length > 1 ? [t("hopsFollow", { hops: hops.length })] : []),
    ...[...gates].map((gate) =>
      t("waitsAtGate", {
        where: words(`gates.${gate}.where`),
        meanwhile: words(`gates.${gate}.meanwhile`),
      }),
    ),
  ];
  return {
    sentences,
    recovery: hops.length > 1 ? t("recoveryOfChain") : t("recovery"),
    verb: t("stopAndUpgrade", { stops }),
  };
}
