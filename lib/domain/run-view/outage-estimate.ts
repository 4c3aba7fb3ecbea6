import type { StepId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import type { RunState } from "../run.ts";
import type { Phase, Step } from "../step.ts";
import { isBySize, type Sizes, sizeKey } from "./assumed-durations.ts";
import { type DurationSource, durationOf, pastRun } from "./step-times.ts";

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
  /** Databases of unknown size whose dumps nobody has measured: only the least that each can take is in it. */
  unsized: string[];
}

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
    unsized: [...new Set(during.flatMap((one) => unsizedOf(one, sizes)))],
  };
}

/** The database whose size a step's time hangs on, where neither that nor the time itself is known. */
function unsizedOf({ step, source }: Timed, sizes: Sizes): string[] {
  if (source.from !== "assumed" || !isBySize(step)) return [];
  const { route, database } = step.params;
  return sizes.has(sizeKey(route.server, database)) ? [] : [database];
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
