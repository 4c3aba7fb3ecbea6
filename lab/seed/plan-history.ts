import type { SceneName } from "#lab/player/scenes.ts";
import { hugeShape, type NamedFleet } from "./fleets.ts";
import { historyOf } from "./history.ts";
import type { Shape } from "./past-runs.ts";
import type { Random } from "./random.ts";

/** A run that is to be written. */
export interface PlannedRun {
  fleet: NamedFleet;
  scene: SceneName;
  from: string;
  to: string;
  /** ms since the epoch; null: it is on now. */
  startedAt: number | null;
}

/** What is on at the end; each on a deployment with four nodes. */
const activeScenes: readonly SceneName[] = ["init", "failed", "gate", "rolling-back", "uncertain"];
const activeShape: Shape = { nodes: 4, names: "short" };

/** All runs in the order in which they began. Pure but for the chance it is given. */
export function planHistory(
  random: Random,
  fleets: readonly NamedFleet[],
  runs: number,
  now: number,
): PlannedRun[] {
  const waiting = [...activeScenes];
  const planned = fleets.flatMap((fleet): PlannedRun[] => {
    const { nodes, names } = fleet.shape;
    // A deployment that was only registered; the player has runs of 200 nodes.
    const some = nodes === hugeShape.nodes ? 0 : runs / (fleets.length - 1);
    const history = historyOf(random, Math.round(some), now);
    const past = history.runs.map(({ outcome, ...run }) => ({ fleet, scene: outcome, ...run }));
    const fits = nodes === activeShape.nodes && names === activeShape.names && some > 0;
    const scene = fits ? waiting.shift() : undefined;
    if (!scene) return past;
    return [...past, { fleet, scene, from: history.version, to: history.next, startedAt: null }];
  });
  return planned.sort((a, b) => (a.startedAt ?? now) - (b.startedAt ?? now));
}
