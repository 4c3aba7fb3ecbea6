import { applyEdits, modify } from "jsonc-parser";
import { UpliftError } from "#lib/domain/errors.ts";

/** Keys that Uplift changes; all others stay as they are, in their order (docs/domain, section 2). */
export interface HaChange {
  enable?: boolean;
  refetchStoreIntervalMin?: number;
}

/** What Uplift needs to know of `ha.config`. */
export interface HaState {
  enable: boolean;
  perceiveStoreClientCheckpoint: boolean;
  refetchStoreIntervalMin: number | null;
}

/** @throws UpliftError ha.invalid */
export function readHaConfig(raw: string): HaState {
  const config = parseObject(raw);
  const { enable, refetchStoreIntervalMin: interval } = config;
  if (typeof enable !== "boolean") throw invalid(raw, `"enable" is not true or false`);
  return {
    enable,
    perceiveStoreClientCheckpoint: config.perceiveStoreClientCheckpoint === true,
    refetchStoreIntervalMin: typeof interval === "number" ? interval : null,
  };
}

/**
 * The raw value with some keys changed and every other byte kept; a missing key is added at the end.
 *
 * @throws UpliftError ha.invalid
 */
export function changeHaConfig(raw: string, change: HaChange): string {
  parseObject(raw);
  let text = raw;
  for (const [key, value] of Object.entries(change)) {
    text = applyEdits(text, modify(text, [key], value, {}));
    // Of two equal keys the editor changes the first and every reader believes the last.
    if (parseObject(text)[key] !== value) throw invalid(raw, `the key "${key}" stands twice`);
  }
  return text;
}

/**
 * How far back Stores must pull, in minutes: the outage rounded up plus the margin
 * (docs/domain, section 2). With perceiveStoreClientCheckpoint the present value may stay.
 *
 * @param outageMs from T1 (or from the moment the restored metadata dates from) to now
 */
export function refetchInterval(outageMs: number, marginMin: number): number {
  return Math.ceil(Math.max(0, outageMs) / 60_000) + marginMin;
}

function parseObject(raw: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (cause) {
    throw invalid(raw, "it is not JSON", cause);
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw invalid(raw, "it is not a JSON object");
  }
  return value as Record<string, unknown>;
}

function invalid(raw: string, why: string, cause?: unknown): UpliftError {
  const shown = raw.length > 200 ? `${raw.slice(0, 200)}…` : raw;
  return new UpliftError("ha.invalid", `The value of ha.config is unusable: ${why}: ${shown}`, {
    remedy:
      "Mend ha.config in the console (System Management > System Parameters), then try again.",
    cause,
  });
}
