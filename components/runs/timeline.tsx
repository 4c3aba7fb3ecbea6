"use client";

import { cn } from "#components/ui/class-names.ts";
import { formatDuration, formatStopwatch } from "#components/ui/format.ts";
import { states, toneFill } from "#components/ui/states.ts";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { Absence, RunState } from "#lib/domain/run.ts";
import { momentNames, momentsOf } from "#lib/domain/run-story/moments.ts";
import { type HostNames, stepTitle } from "#lib/domain/run-view/step-words.ts";
import { type Bar, type Lane, lanesOf, spanOfLeg, ticksOf } from "#lib/domain/run-view/timeline.ts";

/** A bar is never too thin to be seen or clicked, percent of the axis. */
const leastWidth = 0.4;
const rowHeight = 14;

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

/** One lane for each node: when each step ran, what decided the duration, where T1 and T2 were. */
export function Timeline({ plan, run, names, now, picked, onPick }: TimelineProps) {
  const span = spanOfLeg(run, plan.leg);
  if (!span) return null;
  const end = Math.max(span.to ?? now, span.from + 1_000);
  const length = end - span.from;
  const share = (at: number) => Math.min(100, Math.max(0, ((at - span.from) / length) * 100));
  const lanes = lanesOf(plan, run);
  const absenceOf = (id: Lane["id"]): Absence | undefined =>
    plan.leg === run.leg && id in run.unreachable ? run.unreachable[id as NodeId] : undefined;
  const moments = momentsOf(run)
    .map(({ mark, time }) => ({ mark, at: Date.parse(time) }))
    .filter(({ at }) => at >= span.from && at <= end);
  return (
    <section aria-label="Timeline" className="min-w-0 rounded-lg border bg-raised p-2">
      <header className="flex flex-wrap items-baseline justify-between gap-x-4 px-2 pt-1 pb-1.5">
        <h2 className="font-medium text-muted text-xs">Timeline</h2>
        <p className="text-faint text-xs">
          {formatDuration(length)}; the full bars decided how long it took
        </p>
      </header>
      <div className="grid max-h-80 grid-cols-[minmax(3.5rem,8rem)_minmax(0,1fr)] gap-x-3 overflow-y-auto px-2 pb-1">
        <span />
        <Axis length={length} share={(ms) => share(span.from + ms)} />
        {lanes.map((lane) => (
          <div key={lane.id} className="col-span-2 grid grid-cols-subgrid">
            <LaneName name={lane.name} absence={absenceOf(lane.id)} />
            <div
              className="relative my-1 border-b border-dotted"
              style={{ height: lane.rows * rowHeight + 4 }}
            >
              <AbsenceMark absence={absenceOf(lane.id)} share={share} />
              {moments.map(({ mark, at }) => (
                <span
                  key={mark}
                  className="absolute -inset-y-1 w-px bg-line-strong"
                  style={{ left: `${share(at)}%` }}
                />
              ))}
              {lane.bars.map((bar) => (
                <BarButton
                  key={bar.step.id}
                  {...{ bar, names, now }}
                  left={share(bar.from)}
                  width={Math.max(leastWidth, share(bar.to ?? now) - share(bar.from))}
                  picked={picked === bar.step.id}
                  onClick={() => onPick(picked === bar.step.id ? null : bar.step.id)}
                />
              ))}
            </div>
          </div>
        ))}
        <span />
        <div className="relative h-5" aria-hidden="true">
          {moments.map(({ mark, at }) => (
            <span
              key={mark}
              className={cn(
                "absolute top-0 whitespace-nowrap font-medium text-2xs text-muted",
                share(at) > 92 ? "-translate-x-full" : "-translate-x-1/2",
              )}
              style={{ left: `${Math.max(2, share(at))}%` }}
            >
              {momentNames[mark]}
            </span>
          ))}
        </div>
      </div>
    </section>
  );
}

/** The node's name; marked while the node gives no answer. */
function LaneName({ name, absence }: { name: string; absence: Absence | undefined }) {
  return (
    <span
      className={cn("truncate py-1 font-mono text-xs", absence && "font-medium text-warn")}
      title={absence ? `${name}: ${absence.error.message}` : name}
    >
      {name}
      {absence && <span className="sr-only">, unreachable</span>}
    </span>
  );
}

/** The time since the node has given no answer, behind its bars. */
function AbsenceMark({
  absence,
  share,
}: {
  absence: Absence | undefined;
  share: (at: number) => number;
}) {
  if (!absence) return null;
  return (
    <span
      aria-hidden="true"
      className="absolute -inset-y-1 right-0 border-warn-line border-l bg-warn-tint"
      style={{ left: `${share(Date.parse(absence.since))}%` }}
    />
  );
}

/** The time since the leg began. */
function Axis({ length, share }: { length: number; share: (ms: number) => number }) {
  return (
    <div className="relative h-5" aria-hidden="true">
      {ticksOf(length)
        .filter((tick) => share(tick) < 96)
        .map((tick) => (
          <span
            key={tick}
            className={cn(
              "absolute top-0 font-mono text-2xs text-faint",
              tick > 0 && "-translate-x-1/2",
            )}
            style={{ left: `${share(tick)}%` }}
          >
            {formatStopwatch(tick)}
          </span>
        ))}
    </div>
  );
}

interface BarButtonProps {
  bar: Bar;
  names: HostNames;
  now: number;
  left: number;
  width: number;
  picked: boolean;
  onClick: () => void;
}

function BarButton({ bar, names, now, left, width, picked, onClick }: BarButtonProps) {
  const { tone, word } = states[bar.state.status];
  const lasted = formatDuration((bar.to ?? now) - bar.from);
  const words = `${stepTitle(bar.step, names)}: ${word.toLowerCase()}, ${lasted}`;
  return (
    <button
      type="button"
      aria-label={words}
      aria-pressed={picked}
      title={words}
      onClick={onClick}
      className={cn(
        "absolute rounded-sm border-raised border-r hover:opacity-100",
        toneFill[tone],
        !bar.critical && "opacity-40",
        picked && "opacity-100 outline-2 outline-accent outline-offset-1",
      )}
      style={{
        left: `${left}%`,
        width: `${width}%`,
        top: bar.row * rowHeight + 3,
        height: rowHeight - 4,
      }}
    />
  );
}
