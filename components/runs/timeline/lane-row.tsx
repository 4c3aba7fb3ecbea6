import { type CSSProperties, memo, type ReactNode } from "react";
import { cn } from "#components/ui/class-names.ts";
import { states, toneFill } from "#components/ui/states.ts";
import { useFormat } from "#components/ui/use-format.ts";
import { useSaid, useTranslations } from "#i18n";
import type { StepId } from "#lib/domain/ids.ts";
import type { Absence } from "#lib/domain/run.ts";
import { type HostNames, stepTitle } from "#lib/domain/run-view/step-words.ts";
import type { Bar, Lane } from "#lib/domain/run-view/timeline.ts";
import type { Moment } from "./axis.tsx";
import { along, placeOfBar } from "./place.ts";

const rowHeight = 14;

interface LaneRowProps {
  lane: Lane;
  names: HostNames;
  /** When the axis begins, ms since the epoch. */
  from: number;
  /** The leg goes on. */
  live: boolean;
  moments: readonly Moment[];
  absence: Absence | undefined;
  /** The chosen step, when it is in this lane. */
  picked: StepId | null;
}

/** The steps of one host. Rendered again only when something happened to the run. */
export const LaneRow = memo(function LaneRow(props: LaneRowProps) {
  const { lane, names, from, live, moments, absence, picked } = props;
  const said = useSaid();
  const wordsOf = useBarWords(names);
  const height = lane.rows * rowHeight + 4;
  return (
    <Row
      name={<LaneName name={lane.id === "gates" ? said(lane.name) : lane.name} absence={absence} />}
      // Of 200 lanes only those in sight are laid out and painted.
      className="[content-visibility:auto]"
      style={{ containIntrinsicHeight: `auto ${height + 9}px` }}
    >
      <div className="relative my-1 border-b border-dotted" style={{ height }}>
        {absence && (
          <span
            aria-hidden="true"
            className="absolute -inset-y-1 right-0 border-warn-line border-l bg-warn-tint"
            style={{ left: along(Date.parse(absence.since) - from) }}
          />
        )}
        {moments.map(({ name, at }) => (
          <span
            key={name}
            className="absolute -inset-y-1 w-px bg-line-strong"
            style={{ left: along(at - from) }}
          />
        ))}
        {live && <span aria-hidden="true" className="absolute -inset-y-1 right-0 w-px bg-accent" />}
        {lane.bars.map((bar) => (
          <BarMark
            key={bar.step.id}
            {...{ bar, from }}
            picked={picked === bar.step.id}
            words={wordsOf(bar)}
          />
        ))}
      </div>
    </Row>
  );
}, sameLane);

/** A row of the timeline: a name that stays in sight, and a part of the axis' width. */
export function Row({
  name,
  className,
  style,
  children,
}: {
  name: ReactNode;
  className?: string;
  style?: CSSProperties;
  children: ReactNode;
}) {
  return (
    <div className={cn("flex pr-2", className)} style={style}>
      <div className="sticky left-0 z-20 w-20 shrink-0 bg-raised pr-3 pl-2 sm:w-32">{name}</div>
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}

/** Lanes are made anew with every event; what they say is in their bars. */
function sameLane(before: LaneRowProps, after: LaneRowProps): boolean {
  const { lane: was, moments: wereMoments, ...rest } = before;
  const { lane: is, moments: areMoments, ...other } = after;
  const keys = Object.keys(rest) as (keyof typeof rest)[];
  return (
    keys.every((key) => rest[key] === other[key]) &&
    wereMoments.length === areMoments.length &&
    was.name === is.name &&
    was.bars.length === is.bars.length &&
    was.bars.every((bar, index) => {
      const now = is.bars[index];
      return (
        now !== undefined &&
        bar.step === now.step &&
        bar.state.status === now.state.status &&
        bar.from === now.from &&
        bar.to === now.to &&
        bar.row === now.row &&
        bar.critical === now.critical
      );
    })
  );
}

/** The node's name; marked while the node gives no answer. */
function LaneName({ name, absence }: { name: string; absence: Absence | undefined }) {
  const said = useSaid();
  const t = useTranslations("runs");
  return (
    <span
      className={cn("block truncate py-1 font-mono text-xs", absence && "font-medium text-warn")}
      title={absence ? `${name}: ${said(absence.error.message)}` : name}
    >
      {name}
      {absence && <span className="sr-only">{t("unreachable")}</span>}
    </span>
  );
}

interface BarMarkProps {
  bar: Bar;
  from: number;
  picked: boolean;
  /** What it was, how it came out, how long it took. */
  words: string;
}

/**
 * A step. The timeline hears the press on it: it is no stop for the keyboard, of which 200 nodes would have
 * thousands; the log's choice of a step does the same.
 */
function BarMark({ bar, from, picked, words }: BarMarkProps) {
  return (
    <span
      role="img"
      aria-label={words}
      title={words}
      data-step={bar.step.id}
      className={cn(
        "absolute cursor-pointer rounded-sm border-raised border-r hover:opacity-100",
        toneFill[states[bar.state.status].tone],
        !bar.critical && "opacity-40",
        picked && "opacity-100 outline-2 outline-accent outline-offset-1",
      )}
      style={{
        ...placeOfBar(bar.from - from, bar.to === null ? null : bar.to - from),
        top: bar.row * rowHeight + 3,
        height: rowHeight - 4,
      }}
    />
  );
}

/** Says a bar in words, in the person's language. */
function useBarWords(names: HostNames): (bar: Bar) => string {
  const t = useTranslations("words");
  const said = useSaid();
  const format = useFormat();
  return ({ step, state, from, to }) => {
    const word = t(`states.${state.status}`).toLowerCase();
    const lasted = to === null ? "" : `, ${format.duration(to - from)}`;
    return `${said(stepTitle(step, names))}: ${word}${lasted}`;
  };
}
