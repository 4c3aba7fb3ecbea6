"use client";

import type { RefObject } from "react";
import { cn } from "#components/ui/class-names.ts";
import { useTranslations } from "#i18n";
import type { StepId } from "#lib/domain/ids.ts";
import type { ShownLine } from "#lib/domain/run-log/log-lines.ts";
import type { HostNames } from "#lib/domain/run-view/step-words.ts";
import { LogLine } from "./log-line.tsx";
import type { useFollowing } from "./use-following.ts";
import type { useLogRows } from "./use-log-rows.ts";

export interface LogRowsProps {
  box: RefObject<HTMLDivElement | null>;
  drawn: ReturnType<typeof useLogRows>;
  lines: readonly ShownLine[];
  placeAt: (row: number) => number;
  names: HostNames;
  /** What each step does, and its host, for lines that name none. */
  steps: ReadonlyMap<StepId, { title: string; host: string }>;
  pattern: RegExp | null;
  /** The place of the line that was gone to. */
  current: number | null;
  wrap: boolean;
  /** The moment that times are counted from, ms since the epoch; null: they are the clock's. */
  since: number | null;
  /** What a person does to the box. */
  handlers: ReturnType<typeof useFollowing>["handlers"];
  onPick: (number: number) => void;
}

/** The box in which the lines scroll. Only those in sight are drawn. */
export function LogRows(props: LogRowsProps) {
  const t = useTranslations("runs");
  const { box, drawn, lines, placeAt, names, steps, wrap, current } = props;
  return (
    <div
      ref={box}
      {...props.handlers}
      onScroll={() => {
        props.handlers.onScroll();
        drawn.onScroll();
      }}
      role="log"
      aria-label={t("linesOfTheLog")}
      aria-live="off"
      // A region that scrolls must be reachable by keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
      tabIndex={0}
      // Rows come and go above the fold: the browser's own anchoring would follow them.
      className="h-96 overflow-auto py-1 [overflow-anchor:none] focus-visible:-outline-offset-2"
    >
      <div className="relative" style={{ height: drawn.height }}>
        <div
          className={cn("absolute top-0 left-0", wrap ? "w-full" : "min-w-full")}
          style={{ transform: `translateY(${drawn.start}px)` }}
        >
          {drawn.rows.map((row) => {
            const place = placeAt(row);
            const line = lines[place];
            if (!line) return null;
            const step = steps.get(line.stepId);
            return (
              <div key={place} data-index={row} ref={drawn.measure}>
                <LogLine
                  line={line}
                  number={place + 1}
                  host={line.nodeId ? (names.get(line.nodeId) ?? line.nodeId) : (step?.host ?? "")}
                  title={step?.title ?? line.stepId}
                  pattern={props.pattern}
                  current={place === current}
                  wrap={wrap}
                  since={props.since}
                  onPick={props.onPick}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
