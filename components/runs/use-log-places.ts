import { useDeferredValue, useMemo } from "react";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { LineKind } from "#lib/domain/run-log/line-kind.ts";
import type { ShownLine } from "#lib/domain/run-log/log-lines.ts";
import { FilteredLog, findPattern } from "./log-filter.ts";

/** A log as it grows. */
export interface GrowingLog {
  /** The same array grows; a line that has not ended is replaced. */
  lines: readonly ShownLine[];
  lineCount: number;
  openPlaces: readonly number[];
}

export interface Wanted {
  /** The leg that is shown, when there is more than one. */
  leg: Plan | null;
  nodeId: NodeId | null;
  stepId: StepId | null;
  kind: LineKind | null;
  /** What is looked for. */
  text: string;
}

/**
 * Where the wanted lines stand. A long log is searched when there is time for it; typing and
 * scrolling go first.
 *
 * @returns `places`, narrowed to leg, host and step: null for all; `hits`, those of them that hold
 *   the text: null when none is given; `pattern`, what the hits were found by
 */
export function useLogPlaces({ lines, lineCount, openPlaces }: GrowingLog, wanted: Wanted) {
  const { leg, nodeId, stepId, kind } = wanted;
  const text = useDeferredValue(wanted.text);
  const fits = useMemo(() => {
    if (!leg) return null;
    const ofLeg = new Set(leg.steps.map(({ id }) => id));
    return (id: StepId) => ofLeg.has(id);
  }, [leg]);
  const pattern = useMemo(() => findPattern(text), [text]);
  const narrowed = useMemo(
    () => new FilteredLog({ nodeId, stepId, kind, text: "", fits }),
    [nodeId, stepId, kind, fits],
  );
  const found = useMemo(
    () => new FilteredLog({ nodeId, stepId, kind, text, fits }),
    [nodeId, stepId, kind, text, fits],
  );
  // Looking at a line twice changes nothing, so this may run in a render that is thrown away.
  narrowed.extend(lines, lineCount, openPlaces);
  if (pattern) found.extend(lines, lineCount, openPlaces);
  return { places: narrowed.places, hits: pattern && found.places, pattern };
}
