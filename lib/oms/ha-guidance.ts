import { UpliftError } from "#lib/domain/errors.ts";
import type { HaAsk, HaShortfall } from "#lib/domain/ha-ask.ts";
import { changeHaConfig, type HaState, readHaConfig } from "./ha-config.ts";

/** What guided HA waits for. */
export interface HaGoal {
  enable: boolean;
  /**
   * Minutes, for switching HA on after a stop: the interval must exceed `outage` and is advised to be
   * `advised` (docs/domain, section 2). Null when the interval does not matter.
   */
  interval: { outage: number; advised: number } | null;
}

/** What the present `ha.config` lacks of the goal, and what to ask for; null when it is reached. */
export function askFor(raw: string, goal: HaGoal, console: string): HaAsk | null {
  const changes: HaAsk["changes"] = [{ key: "enable", to: goal.enable }];
  const ask = (shortfall: HaShortfall, wanted: string | null): HaAsk => ({
    ...{ console, present: raw, wanted, shortfall },
    changes: [...changes],
  });
  let state: HaState;
  try {
    state = readHaConfig(raw);
  } catch (error) {
    // A person may save a half-edited value; that is said, and the wait goes on.
    if (error instanceof UpliftError && error.code === "ha.invalid") return ask("unusable", null);
    throw error;
  }
  const { outage, advised } = goal.interval ?? { outage: -1, advised: null };
  // With perceiveStoreClientCheckpoint the interval may stay as it is.
  const matters = advised !== null && !state.perceiveStoreClientCheckpoint;
  if (matters) changes.push({ key: "refetchStoreIntervalMin", to: advised });
  const short = matters && (state.refetchStoreIntervalMin ?? 0) <= outage;
  if (state.enable === goal.enable && !short) return null;
  const wanted = changeHaConfig(raw, Object.fromEntries(changes.map(({ key, to }) => [key, to])));
  return ask(state.enable === goal.enable ? "interval-too-short" : "not-switched", wanted);
}
