import type { MarkRecord, RunState } from "../run.ts";
import { TimeMark } from "../step.ts";

/** What a moment means (docs/domain, section 4). */
export function momentSentence(mark: TimeMark): string {
  switch (mark) {
    case "T1":
      return "T1: the first container is stopped, the outage begins.";
    case "T2":
      return "T2: the new version serves, the outage is over.";
    case "T3":
      return "T3: the rollback stops the first container.";
    case "HA_BACK":
      return "HA is back: the old version serves again.";
  }
}

/** The moments that the run has reached, in their order. */
export function momentsOf(state: RunState): MarkRecord[] {
  return TimeMark.options.flatMap((mark) => state.marks[mark] ?? []);
}

/** `41 ms behind`, `2.3 s ahead`, `none`: a host's clock against this product's. */
export function skewWords(skewMs: number): string {
  const span = Math.abs(skewMs);
  if (span < 1) return "none";
  const size = span < 1000 ? `${Math.round(span)} ms` : `${(span / 1000).toFixed(1)} s`;
  return `${size} ${skewMs > 0 ? "ahead" : "behind"}`;
}
