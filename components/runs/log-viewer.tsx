"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDownToLine, WrapText } from "lucide-react";
import { useDeferredValue, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { ShownLine } from "#components/live/feed-state.ts";
import { cn } from "#components/ui/class-names.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { type HostNames, nodeOf, stepTitle } from "#lib/domain/run-view/step-words.ts";
import { filterLog } from "./log-filter.ts";
import { LogLine } from "./log-line.tsx";

const lineHeight = 20;
/** This near to the end counts as being there, px. */
const nearEnd = 24;
const everything = "all";

export interface LogViewerProps {
  run: RunState;
  plan: Plan;
  names: HostNames;
  lines: readonly ShownLine[];
  lineCount: number;
  /** All that is stored was read; before that an empty log says nothing. */
  complete: boolean;
  stepId: StepId | null;
  onPickStep: (stepId: StepId | null) => void;
}

/** The log of a leg as it grows: narrowed, searched, followed. Only the lines in sight are drawn. */
export function LogViewer(props: LogViewerProps) {
  const { run, plan, names, lines, lineCount, complete, stepId, onPickStep } = props;
  const [nodeId, setNodeId] = useState<NodeId | null>(null);
  const [text, setText] = useState("");
  const [wrap, setWrap] = useState(false);
  const [follow, setFollow] = useState(true);
  const box = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);

  // A long log is searched when there is time for it; typing and scrolling go first.
  const count = useDeferredValue(lineCount);
  const find = useDeferredValue(text);
  const legs = run.plans.length;
  const places = useMemo(() => {
    const ofLeg = new Set(plan.steps.map(({ id }) => id));
    const fits = legs > 1 ? (id: StepId) => ofLeg.has(id) : null;
    return filterLog(lines, count, { nodeId, stepId, text: find }, fits);
  }, [lines, count, nodeId, stepId, find, legs, plan]);
  const shown = places?.length ?? count;
  const lineAt = (index: number) => lines[places ? (places[index] ?? 0) : index];

  const virtual = useVirtualizer({
    count: shown,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 30,
  });

  const height = virtual.getTotalSize();
  // Not the virtualizer's own way of scrolling: that tries again later, for an end that has moved on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever the height has changed.
  useLayoutEffect(() => {
    if (follow && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [follow, height]);

  function onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = box.current ?? document.body;
    // Only a person scrolls up; lines that arrive move the end away, not the place.
    if (scrollTop < lastTop.current) setFollow(false);
    if (scrollHeight - scrollTop - clientHeight < nearEnd) setFollow(true);
    lastTop.current = scrollTop;
  }

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
  const begun = plan.steps.filter((step) => run.steps[step.id]?.attempt);

  return (
    <section aria-label="Log" className="min-w-0 rounded-lg border bg-raised">
      <header className="flex flex-wrap items-center gap-2 border-b px-2 py-1.5">
        <h2 className="px-1 font-medium text-muted text-xs">Log</h2>
        <Select
          size="sm"
          aria-label="Host"
          value={nodeId ?? everything}
          onValueChange={(value) => setNodeId(value === everything ? null : (value as NodeId))}
          options={[
            { value: everything, label: "All hosts" },
            ...plan.hosts.map((host) => ({ value: host.nodeId as string, label: host.name })),
          ]}
        />
        <Select
          size="sm"
          aria-label="Step"
          className="max-w-64"
          value={stepId ?? everything}
          onValueChange={(value) => onPickStep(value === everything ? null : (value as StepId))}
          options={[
            { value: everything, label: "All steps" },
            ...begun.map((step) => ({
              value: step.id as string,
              label: steps.get(step.id)?.title ?? step.id,
            })),
          ]}
        />
        <Input
          type="search"
          aria-label="Find in the log"
          placeholder="Find…"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="h-7 w-40 min-w-24 flex-1 text-xs sm:h-7 sm:max-w-56 sm:text-xs"
        />
        <p className="ml-auto text-faint text-xs" aria-live="off">
          {places ? `${shown.toLocaleString("en-GB")} of ` : ""}
          {count.toLocaleString("en-GB")} {count === 1 ? "line" : "lines"}
        </p>
        <div className="flex">
          <IconButton
            icon={WrapText}
            label="Wrap long lines"
            size="sm"
            aria-pressed={wrap}
            className={wrap ? "bg-active text-fg" : ""}
            onClick={() => setWrap(!wrap)}
          />
          <IconButton
            icon={ArrowDownToLine}
            label="Follow the end"
            size="sm"
            aria-pressed={follow}
            className={follow ? "bg-active text-fg" : ""}
            onClick={() => setFollow(!follow)}
          />
          <CopyButton
            label="Copy the lines shown"
            text={() =>
              Array.from({ length: shown }, (_, index) => lineAt(index)?.text ?? "").join("\n")
            }
          />
        </div>
      </header>
      {shown === 0 ? (
        <p className="h-96 px-3 py-2 text-muted text-sm">
          {!complete
            ? "Reading the log…"
            : count === 0
              ? "No output yet."
              : "No line fits this filter."}
        </p>
      ) : (
        <div
          ref={box}
          onScroll={onScroll}
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
                const line = lineAt(index);
                return (
                  line && (
                    <div
                      key={index}
                      data-index={index}
                      {...(wrap && { ref: virtual.measureElement })}
                    >
                      <LogLine
                        line={line}
                        host={
                          line.nodeId
                            ? (names.get(line.nodeId) ?? line.nodeId)
                            : (steps.get(line.stepId)?.host ?? "")
                        }
                        title={steps.get(line.stepId)?.title ?? line.stepId}
                        find={find}
                        wrap={wrap}
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
