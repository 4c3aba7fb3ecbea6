import type { Check } from "./facts.ts";
import type { NodeId } from "./ids.ts";

/** How many checks came out how. */
export interface Verdict {
  passed: number;
  warnings: number;
  failed: number;
  unknown: number;
}

/** Pure. */
export function verdictOf(checks: readonly Pick<Check, "result">[]): Verdict {
  const count = (wanted: Check["result"]) =>
    checks.filter(({ result }) => result === wanted).length;
  return {
    passed: count("pass"),
    warnings: count("warning"),
    failed: count("fail"),
    unknown: count("unknown"),
  };
}

/** The result of all checks in a few words; nothing may be planned while one failed or is unknown. Pure. */
export function verdictWords({ passed, warnings, failed, unknown }: Verdict): {
  state: Check["result"];
  label: string;
} {
  const all = passed + warnings + failed + unknown;
  if (failed > 0) return { state: "fail", label: `${failed} of ${all} checks failed` };
  if (unknown > 0) return { state: "unknown", label: `${unknown} of ${all} checks stayed open` };
  if (warnings > 0) {
    const words = warnings === 1 ? "1 warning" : `${warnings} warnings`;
    return { state: "warning", label: `Nothing stands in the way, ${words}` };
  }
  return { state: "pass", label: `All ${all} checks passed` };
}

/** How far the look at one host or MySQL server is. */
export type LookState = "waiting" | "looking" | "answered" | "trouble";

/** A host or MySQL server that is being looked at. */
export interface LookedAt {
  /** The node's id, or the server's key. */
  key: NodeId | string;
  name: string;
  kind: "node" | "server";
  state: LookState;
  /** From the beginning to its answer, or null while there is none; milliseconds. */
  tookMs: number | null;
}

/** A preflight that is under way. */
export interface PreflightProgress {
  startedAt: string;
  by: string;
  hosts: LookedAt[];
}
