"use client";

import { type CSSProperties, useMemo, useRef } from "react";
import { useFormat } from "#components/ui/use-format.ts";
import { useTranslations } from "#i18n";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { momentsOf } from "#lib/domain/run-activity/moments.ts";
import type { HostNames } from "#lib/domain/run-view/step-words.ts";
import { lanesOf, spanOfLeg } from "#lib/domain/run-view/timeline.ts";
import { Axis, type Moment, MomentNames } from "./axis.tsx";
import { LaneRow, Row } from "./lane-row.tsx";
import { useZoom } from "./use-zoom.ts";
import { ZoomButtons } from "./zoom-buttons.tsx";

export interface TimelineProps {
  plan: Plan;
  run: RunState;
  names: HostNames;
  /** The server's clock, ms since the epoch. */
  now: number;
  /** The step whose log is shown alone. */
  picked: StepId | null;
  onPick: (stepId: StepId | null) => void;
}

/**
 * One lane for each node: when each step ran, what decided the duration, where T1 and T2 were.
 *
 * Places are shares of `--span`, the length of the leg in ms, which grows each second while it runs: the browser
 * moves the bars of 200 nodes by itself, and none of them is rendered again.
 */
export function Timeline({ plan, run, names, now, picked, onPick }: TimelineProps) {
  const words = useTranslations("words");
  const format = useFormat();
  const t = useTranslations("runs");
  const box = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const zoom = useZoom(box, axis);
  const lanes = useMemo(() => lanesOf(plan, run), [plan, run]);
  const span = useMemo(() => spanOfLeg(run, plan.leg), [plan.leg, run]);
  const moments = useMemo(
    () =>
      momentsOf(run).map(({ mark, time }) => ({
        name: words(`moments.${mark}`),
        at: Date.parse(time),
      })),
    [run, words],
  );
  if (!span) return null;
  const end = Math.max(span.to ?? now, span.from + 1_000);
  const length = end - span.from;
  const inSight: Moment[] = moments.filter(({ at }) => at >= span.from && at <= end);
  const live = span.to === null;
  return (
    <section aria-label={t("timeline")} className="min-w-0 rounded-lg border bg-raised p-2">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-2 pb-1.5">
        <h2 className="font-medium text-muted text-xs">{t("timeline")}</h2>
        <p className="flex-1 text-right text-faint text-xs">
          {t("timelineHint", { duration: format.duration(length) })}
        </p>
        <ZoomButtons zoom={zoom} />
      </header>
      <section
        ref={box}
        onKeyDown={zoom.onKeyDown}
        onClick={({ target }) => {
          const step = (target as Element).closest<HTMLElement>("[data-step]")?.dataset.step;
          if (step !== undefined) onPick(step === picked ? null : (step as StepId));
        }}
        aria-label={t("timelineLabel")}
        // What scrolls must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
        tabIndex={0}
        className="max-h-80 overflow-auto pb-1 focus-visible:outline-offset-0"
      >
        <div style={{ "--span": length, width: `${zoom.factor * 100}%` } as CSSProperties}>
          <Row name={null}>
            <Axis ref={axis} length={length} factor={zoom.factor} live={live} />
          </Row>
          {lanes.map((lane) => (
            <LaneRow
              key={lane.id}
              {...{ lane, names, live }}
              from={span.from}
              moments={moments}
              absence={plan.leg === run.leg ? run.unreachable[lane.id as NodeId] : undefined}
              picked={lane.bars.some(({ step }) => step.id === picked) ? picked : null}
            />
          ))}
          <Row name={null}>
            <MomentNames moments={inSight} from={span.from} length={length} />
          </Row>
        </div>
      </section>
    </section>
  );
}
