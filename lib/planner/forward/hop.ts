import type { StepId } from "#lib/domain/ids.ts";
import { hopTargets, type PlanHop, type UpgradeTarget } from "#lib/domain/plan.ts";
import type { StepKind } from "#lib/domain/step.ts";
import type { Catalogue } from "#lib/oms/catalogue.ts";
import { type UpgradePath, upgradePath } from "#lib/oms/upgrade-path.ts";
import { makeStep, type StepDraft } from "../make-step.ts";
import type { Situation } from "./situation.ts";

/** One upgrade of a chain, from a version to the next, by the rules of the release it goes to. */
export interface Hop extends PlanHop, UpgradePath {
  /** Counted from 1; null where one upgrade leads to the target: its steps belong to no hop. */
  number: number | null;
  /** `docker load -i` this file on nodes that lack the image. */
  imageArchive: string | null;
}

/** The hops from a version to the target, the target's release in the last one. */
export function hopsTo(
  fromVersion: string,
  target: UpgradeTarget,
  catalogue: Catalogue,
): [Hop, ...Hop[]] {
  const targets = hopTargets(target);
  let from = fromVersion;
  const hops = targets.map(({ version, image, containerName, imageArchive }, index): Hop => {
    const path = upgradePath(from, version, catalogue);
    const number = targets.length > 1 ? index + 1 : null;
    const hop = { fromVersion: from, toVersion: version, image, containerName, imageArchive };
    from = version;
    return { ...path, ...hop, number };
  });
  return hops as [Hop, ...Hop[]];
}

/** Adds a step of one hop, or (null) of the upgrade as a whole. @returns its id */
export function addTo<K extends StepKind>(
  { add }: Pick<Situation, "add">,
  hop: Pick<Hop, "number"> | null,
  draft: StepDraft<K>,
): StepId {
  const number = hop?.number ?? null;
  if (number === null) return add(makeStep(draft));
  return add(makeStep({ ...draft, id: `h${number}.${draft.id}`, hop: number }));
}

/** The hop from which on the upgrade knows HA; null when no release on the way does. */
export function firstWithHa({ hops }: Pick<Situation, "hops">): Hop | null {
  return hops.find(({ release }) => release.ha) ?? null;
}
