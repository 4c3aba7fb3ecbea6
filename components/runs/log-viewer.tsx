"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { cn } from "#components/ui/class-names.ts";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { type HostNames, nodeOf, stepTitle } from "#lib/domain/run-view/step-words.ts";
import { lineInAddress, showLineInAddress } from "./line-address.ts";
import { firstFrom, nextHit } from "./log-filter.ts";
import { LogFind } from "./log-find.tsx";
import { LogLine } from "./log-line.tsx";
import { LogToolbar } from "./log-toolbar.tsx";
import { useFollowing } from "./use-following.ts";
import { type GrowingLog, useLogPlaces } from "./use-log-places.ts";

const lineHeight = 20;

export interface LogViewerProps extends GrowingLog {
  run: RunState;
  plan: Plan;
  names: HostNames;
  /** All that is stored was read; before that an empty log says nothing. */
  complete: boolean;
  stepId: StepId | null;
  onPickStep: (stepId: StepId | null) => void;
}

/** The log of a leg as it grows: narrowed, searched, followed. Only the lines in sight are drawn. */
export function LogViewer(props: LogViewerProps) {
  const { run, plan, names, lines, lineCount, complete, stepId } = props;
  const [nodeId, setNodeId] = useState<NodeId | null>(null);
  const [text, setText] = useState("");
  const [onlyHits, setOnlyHits] = useState(false);
  const [wrap, setWrap] = useState(false);
  /** The line that was gone to. */
  const [current, setCurrent] = useState<number | null>(null);
  const leg = run.plans.length > 1 ? plan : null;
  const { places, hits, pattern } = useLogPlaces(props, { leg, nodeId, stepId, text });
  const rows = onlyHits && hits ? hits : places;
  const shown = rows ? rows.length : lineCount;
  const placeAt = (row: number) => (rows ? rows[row] : row) ?? 0;

  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: shown,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    // Heights belong to lines, not to rows: the same row holds another line under another filter.
    getItemKey: placeAt,
    overscan: 30,
  });
  const height = virtual.getTotalSize();
  const following = useFollowing(box, height);
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights that were measured wrapped hold no more.
  useLayoutEffect(() => virtual.measure(), [wrap]);

  function goTo(place: number) {
    setCurrent(place);
    following.jump();
    virtual.scrollToIndex(rows ? firstFrom(rows, place) : place, { align: "center" });
  }

  const topPlace = () =>
    placeAt(virtual.getVirtualItemForOffset(box.current?.scrollTop ?? 0)?.index ?? 0);

  function step(direction: 1 | -1) {
    const next = hits && nextHit(hits, current ?? topPlace() - 1, direction);
    if (next !== null) goTo(next);
  }

  // What is typed is gone to at once, as browsers do it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the text changes, not when the log grows.
  useEffect(() => {
    const first = hits?.[firstFrom(hits, current ?? topPlace())] ?? hits?.at(-1);
    if (first !== undefined && !onlyHits) goTo(first);
  }, [pattern]);

  const [wanted, setWanted] = useState<number | null>(null);
  useEffect(() => setWanted(lineInAddress()), []);
  const { stop } = following;
  useEffect(() => {
    if (wanted !== null) stop();
  }, [wanted, stop]);
  const there = wanted !== null && lineCount >= wanted;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as soon as the line has come.
  useEffect(() => {
    if (wanted === null || !there) return;
    goTo(wanted - 1);
    setWanted(null);
  }, [there]);

  const steps = useMemo(
    () =>
      new Map(
        plan.steps.map((step) => {
          const node = nodeOf(step);
          const host = node === null ? "" : (names.get(node) ?? node);
          return [step.id, { title: stepTitle(step, names), host }];
        }),
      ),
    [plan, names],
  );

  const at = current === null || !hits ? -1 : firstFrom(hits, current);
  return (
    <section aria-label="Log" className="min-w-0 rounded-lg border bg-raised">
      <LogToolbar
        runId={run.runId}
        hosts={plan.hosts}
        nodeId={nodeId}
        onPickNode={setNodeId}
        steps={plan.steps
          .filter(({ id }) => run.steps[id]?.attempt)
          .map(({ id }) => ({ id, title: steps.get(id)?.title ?? id }))}
        stepId={stepId}
        onPickStep={props.onPickStep}
        find={
          <LogFind
            className="max-sm:order-2 max-sm:w-full sm:flex-1"
            text={text}
            onChange={(changed) => {
              setText(changed);
              if (changed.trim() === "") setCurrent(null);
            }}
            hits={hits ? hits.length : null}
            current={hits && hits[at] === current && current !== null ? at + 1 : null}
            onStep={step}
            onlyHits={onlyHits}
            onOnlyHits={setOnlyHits}
          />
        }
        shown={shown}
        all={lineCount}
        wrap={wrap}
        onWrap={setWrap}
        follow={following.follow}
        onFollow={following.setFollow}
        copy={() =>
          Array.from({ length: shown }, (_, row) => lines[placeAt(row)]?.text ?? "").join("\n")
        }
      />
      {shown === 0 ? (
        <p className="h-96 px-3 py-2 text-muted text-sm">
          {!complete
            ? "Reading the log…"
            : lineCount === 0
              ? "No output yet."
              : "No line fits this filter."}
        </p>
      ) : (
        <div
          ref={box}
          onScroll={following.onScroll}
          role="log"
          aria-label="Lines of the log"
          aria-live="off"
          // A region that scrolls must be reachable by keyboard.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
          tabIndex={0}
          // Rows come and go above the fold: the browser's own anchoring would follow them.
          className="h-96 overflow-auto py-1 [overflow-anchor:none] focus-visible:-outline-offset-2"
        >
          <div className="relative" style={{ height }}>
            <div
              className={cn("absolute top-0 left-0", wrap ? "w-full" : "min-w-full")}
              style={{ transform: `translateY(${virtual.getVirtualItems()[0]?.start ?? 0}px)` }}
            >
              {virtual.getVirtualItems().map(({ index }) => {
                const place = placeAt(index);
                const line = lines[place];
                return (
                  line && (
                    <div
                      key={place}
                      data-index={index}
                      {...(wrap && { ref: virtual.measureElement })}
                    >
                      <LogLine
                        line={line}
                        number={place + 1}
                        host={
                          line.nodeId
                            ? (names.get(line.nodeId) ?? line.nodeId)
                            : (steps.get(line.stepId)?.host ?? "")
                        }
                        title={steps.get(line.stepId)?.title ?? line.stepId}
                        pattern={pattern}
                        current={place === current}
                        wrap={wrap}
                        onPick={(number) => {
                          setCurrent(number - 1);
                          showLineInAddress(number);
                        }}
                      />
                    </div>
                  )
                );
              })}
            </div>
          </div>
        </div>
      )}
    </section>
  );
}
