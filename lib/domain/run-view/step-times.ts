import type { StepId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import type { RunState } from "../run.ts";
import type { Step, StepKind } from "../step.ts";
import { assumedMs, type Sizes } from "./assumed-durations.ts";

/** Where a duration is from. */
export type DurationSource =
  /** Measured by the practice backup of that moment, ISO 8601. */
  | { from: "practice"; at: string }
  /** The median of so many upgrades of this deployment. */
  | { from: "history"; runs: number }
  /** Nothing was measured: an assumption by the kind of step, and for dumps by the database's size. */
  | { from: "assumed" };

/** How long a step is expected to take. */
export interface StepTime {
  /** Milliseconds. */
  ms: number;
  /** An earlier run or a practice told; otherwise it is an assumption. */
  measured: boolean;
}

export type StepTimes = Readonly<Record<StepId, StepTime>>;

/** Steps that a practice does as an upgrade does them. */
const practised: ReadonlySet<StepKind> = new Set<StepKind>([
  "dump.trial",
  "database.dump",
  "dump.verify",
  "database.rehearse",
]);

/**
 * How long each step of these plans is expected to take. Pure.
 *
 * @param pastNewestFirst practices and upgrades of the deployment
 * @param sizes bytes of the databases, for dumps that nobody has measured
 */
export function stepTimes(
  plans: readonly Plan[],
  pastNewestFirst: readonly RunState[],
  sizes: Sizes,
): StepTimes {
  const past = pastNewestFirst.map(pastRun);
  const times: Record<StepId, StepTime> = {};
  for (const step of plans.flatMap(({ steps }) => steps)) {
    const { ms, source } = durationOf(step, past, sizes);
    // What takes as long as a person does is neither.
    times[step.id] = { ms, measured: source.from !== "assumed" || ms === 0 };
  }
  return times;
}

/** What a run tells of how long steps take. */
export interface Past {
  purpose: RunState["purpose"];
  at: string;
  /** Milliseconds by step, whatever hop it was in; of several the longest. */
  took: ReadonlyMap<string, number>;
}

/** What a past run tells; failures tell nothing. */
export function pastRun({ purpose, createdAt, steps }: RunState): Past {
  const took = new Map<string, number>();
  for (const { id, status, startedAt, endedAt } of Object.values(steps)) {
    if (status !== "succeeded" || !startedAt || !endedAt) continue;
    const ms = Date.parse(endedAt) - Date.parse(startedAt);
    took.set(plainId(id), Math.max(ms, took.get(plainId(id)) ?? 0));
  }
  return { purpose, at: createdAt, took };
}

/** A step's id without the hop: a chain does the same as a direct upgrade, several times. */
function plainId(id: string): string {
  return id.replace(/^h\d+\./, "");
}

/** How long a step takes: as practised, else as in the upgrades before, else as assumed. */
export function durationOf(
  step: Step,
  newestFirst: readonly Past[],
  sizes: Sizes,
): { ms: number; source: DurationSource } {
  // A gate and a console take as long as a person does; that is no step's duration.
  const ms = assumedMs(step, sizes);
  const source: DurationSource = { from: "assumed" };
  if (ms === 0) return { ms, source };
  const id = plainId(step.id);
  const [newest] = newestFirst.filter(({ took }) => took.has(id));
  if (newest?.purpose === "practice" && practised.has(step.kind)) {
    return { ms: newest.took.get(id) ?? ms, source: { from: "practice", at: newest.at } };
  }
  const upgrades = newestFirst.filter(({ purpose }) => purpose === "upgrade");
  return median(upgrades, (name) => name === id) ?? median(upgrades, isAlike(id)) ?? { ms, source };
}

/** Steps of the same sort on other nodes: a node that came later has no history of its own. */
function isAlike(id: string): (other: string) => boolean {
  const [sort] = id.split(".");
  return (other) => other.split(".")[0] === sort;
}

/** Of each upgrade that has such steps the longest one; of these the one in the middle. */
function median(upgrades: readonly Past[], isMeant: (id: string) => boolean) {
  const longest = upgrades.flatMap(({ took }) => {
    const all = [...took].filter(([id]) => isMeant(id)).map(([, ms]) => ms);
    return all.length > 0 ? [Math.max(...all)] : [];
  });
  const ms = longest.toSorted((a, b) => a - b)[Math.floor(longest.length / 2)];
  const source: DurationSource = { from: "history", runs: longest.length };
  return ms === undefined ? null : { ms, source };
}
