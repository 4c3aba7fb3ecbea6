import type { StepId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import type { RunState } from "../run.ts";
import type { Phase, Step, StepKind } from "../step.ts";
import { assumedMs, type Sizes } from "./assumed-durations.ts";

/** Where a duration is from. */
export type DurationSource =
  /** Measured by the practice backup of that moment, ISO 8601. */
  | { from: "practice"; at: string }
  /** The median of so many upgrades of this deployment. */
  | { from: "history"; runs: number }
  /** Nothing was measured: an assumption by the kind of step, and for dumps by the database's size. */
  | { from: "assumed" };

/** What a phase adds to the outage. */
export interface OutagePart {
  phase: Phase;
  /** The upgrade of a chain, counted from 1; null where there is one. */
  hop: number | null;
  ms: number;
  sources: DurationSource[];
}

/** An outage that is to be expected: its parts add up to it. */
export interface OutageEstimate {
  outageMs: number;
  parts: OutagePart[];
  /** Phases that run beside a longer one and add nothing; `ms` is what they take by themselves. */
  beside: OutagePart[];
  /** Approvals while OMS is down: how long a person takes is not in it. */
  approvals: number;
  /** HA is switched by a person in the console: how long that takes is not in it either. */
  byPerson: boolean;
}

/** Steps that a practice does as an upgrade does them. */
const practised: ReadonlySet<StepKind> = new Set<StepKind>([
  "database.dump",
  "dump.verify",
  "database.rehearse",
]);

interface Timed {
  step: Step;
  start: number;
  end: number;
  source: DurationSource;
}

/**
 * How long OMS will be out if steps take what they took before, with the parts that it is made of: the
 * chain of steps from the first stop to the end of HA on that takes longest. Null for a plan without outage. Pure.
 *
 * @param pastNewestFirst practices and upgrades of the deployment
 * @param sizes bytes of the databases, for dumps that nobody has measured
 */
export function outageEstimate(
  plan: Plan,
  pastNewestFirst: readonly RunState[],
  sizes: Sizes,
): OutageEstimate | null {
  const past = pastNewestFirst.map(pastRun);
  const timed = new Map<StepId, Timed>();
  const byId = new Map(plan.steps.map((step) => [step.id, step]));
  const timeOf = (step: Step): Timed => {
    const known = timed.get(step.id);
    if (known) return known;
    const before = step.after.flatMap((id) => byId.get(id) ?? []).map(timeOf);
    const start = Math.max(0, ...before.map(({ end }) => end));
    const { ms, source } = durationOf(step, past, sizes);
    const one = { step, start, end: start + ms, source };
    timed.set(step.id, one);
    return one;
  };
  const all = plan.steps.map(timeOf);
  const from = firstOf(all, ["T1", "T3"], ({ start }) => start);
  const last = all.find(({ step }) => markOf(step) === "T2" || markOf(step) === "HA_BACK");
  if (from === null || !last) return null;
  const path = longestChain(last, timed).filter(({ end }) => end > from);
  const onPath = new Set(path.map(({ step }) => `${step.hop} ${step.phase}`));
  const during = all.filter(({ start, end }) => start >= from && end <= last.end);
  return {
    outageMs: last.end - from,
    parts: partsOf(path),
    beside: longestOfEach(during.filter(({ step }) => !onPath.has(`${step.hop} ${step.phase}`))),
    approvals: during.filter(({ step }) => step.kind === "gate").length,
    byPerson: last.step.kind === "ha.enable" && last.step.params.way === "guided",
  };
}

/** The steps that lead to one, each the last of those that the next one waits for; the first step first. */
function longestChain(last: Timed, timed: ReadonlyMap<StepId, Timed>): Timed[] {
  const path = [last];
  for (let at: Timed | undefined = last; at; ) {
    const before: Timed[] = at.step.after.flatMap((id) => timed.get(id) ?? []);
    at = before.toSorted((a, b) => b.end - a.end)[0];
    if (at) path.unshift(at);
  }
  return path;
}

/** One part for each phase of each hop, in the order of the steps. */
function partsOf(steps: readonly Timed[]): OutagePart[] {
  const parts: OutagePart[] = [];
  for (const { step, start, end, source } of steps) {
    if (step.kind === "gate") continue;
    const { phase, hop } = step;
    let part = parts.find((one) => one.phase === phase && one.hop === hop);
    if (!part) {
      part = { phase, hop, ms: 0, sources: [] };
      parts.push(part);
    }
    part.ms += end - start;
    if (!part.sources.some((one) => wordOf(one) === wordOf(source))) part.sources.push(source);
  }
  return parts;
}

/** Of phases that cost nothing the one step of each that takes longest. */
function longestOfEach(steps: readonly Timed[]): OutagePart[] {
  const longest = new Map<string, Timed>();
  for (const one of steps) {
    const key = `${one.step.hop} ${one.step.phase}`;
    const known = longest.get(key);
    if (!known || known.end - known.start < one.end - one.start) longest.set(key, one);
  }
  return partsOf([...longest.values()]);
}

function firstOf(all: readonly Timed[], marks: string[], at: (one: Timed) => number) {
  const found = all.filter(({ step }) => marks.includes(markOf(step) ?? "")).map(at);
  return found.length > 0 ? Math.min(...found) : null;
}

const markOf = ({ params }: Step) => ("mark" in params ? params.mark : null);

const wordOf = (source: DurationSource) => JSON.stringify(source);

interface Past {
  purpose: RunState["purpose"];
  at: string;
  /** Milliseconds by step, whatever hop it was in; of several the longest. */
  took: ReadonlyMap<string, number>;
}

function pastRun({ purpose, createdAt, steps }: RunState): Past {
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

function durationOf(
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
