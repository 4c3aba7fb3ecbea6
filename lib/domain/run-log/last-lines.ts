import type { StepId } from "../ids.ts";
import type { ShownLine } from "./log-lines.ts";

/** The last lines that a step said, oldest first. Looks back no further than a person would scroll. */
export function lastLines(lines: readonly ShownLine[], stepId: StepId, most = 8): string[] {
  const found: string[] = [];
  const stop = Math.max(0, lines.length - 20_000);
  for (let at = lines.length - 1; at >= stop && found.length < most; at--) {
    const line = lines[at];
    if (line?.stepId === stepId && line.text.trim() !== "") found.push(line.text);
  }
  return found.reverse();
}
