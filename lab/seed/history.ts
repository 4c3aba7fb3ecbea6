import type { SceneName } from "#lab/player/scenes.ts";
import type { Random } from "./random.ts";

/** A run that a deployment had. */
export interface PastRun {
  outcome: Extract<SceneName, "succeeded" | "rolled-back" | "abandoned">;
  from: string;
  to: string;
  /** ms since the epoch */
  startedAt: number;
}

/** The releases in the order in which a deployment takes them. */
const releases = [
  "3.3.0",
  "3.3.1",
  "4.0.0",
  "4.1.0",
  ...Array.from({ length: 26 }, (_, patch) => `4.2.${patch}`),
];

const day = 86_400_000;
/** How far back the first runs are. */
const longAgo = 900 * day;

/**
 * What became of a deployment over the years: every run takes it to the next release, or back to where
 * it was. Maintenance windows are at night. Pure but for the chance it is given.
 */
export function historyOf(
  random: Random,
  runs: number,
  now: number,
): { runs: PastRun[]; version: string; next: string } {
  let at = Math.floor(random.next() * 3);
  const times = Array.from({ length: runs }, () => nightOf(random, now - random.next() * longAgo))
    .filter((time) => time < now - day / 2)
    .sort((a, b) => a - b);
  const past = times.map((startedAt): PastRun => {
    const from = releases[at] ?? "4.2.9";
    const to = releases[at + 1] ?? "4.2.26";
    const outcome = random.weighted([
      [78, "succeeded"],
      [15, "rolled-back"],
      [7, "abandoned"],
    ] as const);
    if (outcome === "succeeded" && at < releases.length - 2) at++;
    return { outcome, from, to, startedAt };
  });
  return { runs: past, version: releases[at] ?? "4.2.9", next: releases[at + 1] ?? "4.2.26" };
}

/** Some time between one and five in the morning of that day. */
function nightOf(random: Random, moment: number): number {
  return Math.floor(moment / day) * day + Math.round(random.between(1, 5) * 3_600_000);
}
