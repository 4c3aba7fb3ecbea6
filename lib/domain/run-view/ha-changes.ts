import type { Plan } from "../plan.ts";
import type { RunState } from "../run.ts";

/** One key of ha.config and what becomes of it, as JSON texts. */
export interface HaKeyChange {
  key: string;
  /** Null: the key is not there. */
  from: string | null;
  to: string | null;
}

/** How a step changes ha.config: as it was done, or as it is planned. */
export interface HaStepChange {
  stepId: string;
  leg: Plan["leg"];
  /** "HA off" or "HA on". */
  title: string;
  changes: HaKeyChange[];
  /** How refetchStoreIntervalMin comes about; null where it plays no part. */
  arithmetic: string | null;
  /** The whole values; null while the change is only planned. */
  whole: { before: string; after: string } | null;
}

/** The keys that differ, those of the first value in its order. Pure. */
export function haDifferences(before: string, after: string): HaKeyChange[] {
  const [was, is] = [keysOf(before), keysOf(after)];
  if (!was || !is) return before === after ? [] : [{ key: "ha.config", from: before, to: after }];
  const keys = new Set([...was.keys(), ...is.keys()]);
  return [...keys].flatMap((key) => {
    const [from, to] = [was.get(key) ?? null, is.get(key) ?? null];
    return from === to ? [] : [{ key, from, to }];
  });
}

/** The keys with their values as JSON, or null when the text is not an object. */
function keysOf(raw: string): Map<string, string> | null {
  try {
    const value: unknown = JSON.parse(raw);
    if (value === null || typeof value !== "object" || Array.isArray(value)) return null;
    return new Map(Object.entries(value).map(([key, inner]) => [key, JSON.stringify(inner)]));
  } catch {
    return null;
  }
}

/** What a plan will change in ha.config, from the value that was seen when it was made. Pure. */
export function plannedHa(plan: Plan): HaStepChange[] {
  const seen = plan.haConfig === null ? null : keysOf(plan.haConfig);
  return plan.steps.flatMap((step): HaStepChange[] => {
    const base = { stepId: step.id, leg: plan.leg, whole: null };
    if (step.kind === "ha.disable") {
      const from = plan.leg === "forward" ? (seen?.get("enable") ?? null) : "true";
      const changes = from === "false" ? [] : [{ key: "enable", from, to: "false" }];
      return [{ ...base, title: "HA off", changes, arithmetic: null }];
    }
    if (step.kind !== "ha.enable" || !step.params.enable) return [];
    const { since, marginMin } = step.params;
    const interval = seen?.get("refetchStoreIntervalMin") ?? null;
    const enable = { key: "enable", from: "false", to: "true" };
    if (seen?.get("perceiveStoreClientCheckpoint") === "true") {
      const arithmetic = `perceiveStoreClientCheckpoint is true: refetchStoreIntervalMin stays ${interval ?? "unset"}.`;
      return [{ ...base, title: "HA on", changes: [enable], arithmetic }];
    }
    const to = `minutes since ${since} + ${marginMin}`;
    const change = { key: "refetchStoreIntervalMin", from: interval, to };
    const reach =
      plan.leg === "rollback"
        ? `The restored metadata is as old as ${since}: Stores pull back to before it.`
        : "Stores pull back to before the outage.";
    const arithmetic = `refetchStoreIntervalMin = minutes from ${since} until HA is on again, rounded up, + ${marginMin} min margin. ${reach}`;
    return [{ ...base, title: "HA on", changes: [enable, change], arithmetic }];
  });
}

/** What a run has changed in ha.config so far, in the order of its plans. Pure. */
export function haChangesOf(plans: readonly Plan[], state: RunState): HaStepChange[] {
  return plans.flatMap((plan) =>
    plan.steps.flatMap((step): HaStepChange[] => {
      if (step.kind !== "ha.disable" && step.kind !== "ha.enable") return [];
      const output = state.steps[step.id]?.output;
      if (typeof output !== "object" || output === null) return [];
      const { before, after, arithmetic } = output as Record<string, unknown>;
      if (typeof before !== "string" || typeof after !== "string") return [];
      return [
        {
          ...{ stepId: step.id, leg: plan.leg, whole: { before, after } },
          title: step.kind === "ha.disable" ? "HA off" : "HA on",
          changes: haDifferences(before, after),
          arithmetic: typeof arithmetic === "string" ? arithmetic : null,
        },
      ];
    }),
  );
}
