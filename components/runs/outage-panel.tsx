import { cn } from "#components/ui/class-names.ts";
import { Clock } from "#components/ui/clock.tsx";
import { TickingDuration } from "#components/ui/duration.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { states } from "#components/ui/states.ts";
import { useSaid, useTranslations } from "#i18n";
import {
  isSettled,
  isUnderWay,
  type MarkRecord,
  type RunState,
  stepsOfLeg,
} from "#lib/domain/run.ts";
import { skewWords } from "#lib/domain/run-activity/moments.ts";
import { aboutWords, type Forecast } from "#lib/domain/run-view/forecast.ts";
import { outageOf } from "#lib/domain/run-view/outage.ts";
import type { Progress } from "#lib/domain/run-view/progress.ts";
import type { HostNames } from "#lib/domain/run-view/step-words.ts";
import type { TimeMark } from "#lib/domain/step.ts";
import type { Translator } from "#lib/i18n/types.ts";
import { stateOf } from "./state-of.ts";

/** A clock that is off by more than this is said beside the time it told, ms. */
const worthSaying = 1_000;

export interface OutagePanelProps {
  run: RunState;
  names: HostNames;
  /** Server clock minus this browser's, milliseconds. */
  aheadMs: number;
  /** What is to be expected; null when nothing tells. */
  expected: Forecast | null;
  progress: Progress | null;
  /** The server's clock, ms since the epoch. */
  now: number;
  /** On a wall the clock is as large as there is room. */
  size?: "page" | "wall";
}

const clockSizes = { page: "text-3xl", wall: "text-[clamp(3.5rem,14vw,18rem)] leading-none" };

/** Is it out, for how long, since when, how much is done, and how long still. */
export function OutagePanel(props: OutagePanelProps) {
  const { run, names, aheadMs, expected, progress, now, size = "page" } = props;
  const clock = cn("font-mono font-semibold", clockSizes[size]);
  const said = useSaid();
  const t = useTranslations("runs");
  const outage = outageOf(run);
  const percent = Math.floor((progress?.share ?? 0) * 100);
  const assumed = String(expected?.assumed ?? false);
  // What waits for a decision takes as long as that does.
  const whole = run.status === "paused" ? null : expectedOutage(outage, expected);
  const steps = stepsOfLeg(run);
  const done = steps.filter(({ status }) => isSettled(status)).length;
  const words = t("ofSteps", { done, all: steps.length });
  const moments: TimeMark[] =
    run.purpose === "practice"
      ? []
      : run.leg === "rollback" || run.marks.T3
        ? ["T1", "T2", "T3", "HA_BACK"]
        : ["T1", "T2"];
  return (
    <section
      aria-label={t("outage")}
      className="flex flex-wrap items-end gap-x-10 gap-y-4 rounded-lg border bg-raised px-4 py-3"
    >
      <div className="min-w-28">
        <p className="text-muted text-xs">
          {run.purpose === "practice" ? t("noOutage") : outageWords(outage, t)}
        </p>
        {outage ? (
          <TickingDuration
            since={outage.since}
            until={outage.until}
            look="stopwatch"
            aheadMs={aheadMs}
            className={clock}
          />
        ) : (
          <p className={cn(clock, "text-faint")}>—</p>
        )}
        {whole !== null && (
          <p className="text-muted text-xs" title={t("whyExpected", { assumed })}>
            {t("ofAbout", {
              begun: String(outage !== null),
              time: said(aboutWords(whole)),
              assumed,
            })}
          </p>
        )}
      </div>
      <dl className="flex flex-wrap gap-x-8 gap-y-3">
        {moments.map((mark) => (
          <Moment key={mark} mark={mark} record={run.marks[mark]} names={names} />
        ))}
      </dl>
      <div className="grid min-w-48 flex-1 basis-64 gap-1.5">
        <p className="text-muted text-xs">
          {progress?.byTime && (
            <span title={t("whyShare")} className="font-medium text-fg tabular-nums">
              {t("share", { percent })}
            </span>
          )}
          {t("legDone", { words, leg: run.purpose === "practice" ? run.purpose : run.leg })}
          {expected && isUnderWay(run.status) && (
            <span title={t("whyExpected", { assumed })}>
              {t("left", {
                time: said(aboutWords(expected.endAt - now)),
                approvals: expected.approvals,
                assumed,
              })}
            </span>
          )}
        </p>
        <ProgressBar
          label={t("steps")}
          value={percent}
          max={100}
          valueText={words}
          tone={states[stateOf(run)].tone}
        />
      </div>
    </section>
  );
}

/** How long the outage will have been, ms; null when it is over or nothing is known. */
function expectedOutage(
  outage: ReturnType<typeof outageOf>,
  expected: Forecast | null,
): number | null {
  if (outage?.until || !expected || expected.outageTo === null) return null;
  const from = outage ? Date.parse(outage.since) : expected.outageFrom;
  return from === null ? null : expected.outageTo - from;
}

function outageWords(outage: ReturnType<typeof outageOf>, t: Translator<"runs">): string {
  if (!outage) return t("outageNotBegun");
  return outage.until ? t("outageOver") : t("outage");
}

interface MomentProps {
  mark: TimeMark;
  record: MarkRecord | undefined;
  names: HostNames;
}

/** A moment by its host's clock; by the product's too, when the two disagree. */
function Moment({ mark, record, names }: MomentProps) {
  const said = useSaid();
  const moments = useTranslations("words");
  const t = useTranslations("runs");
  return (
    <div>
      <dt className="text-muted text-xs">{moments(`moments.${mark}`)}</dt>
      <dd>
        {record ? (
          <>
            <Clock at={record.hostTime} className="font-medium font-mono text-base" />
            <span className="block max-w-56 truncate text-muted text-xs">
              {names.get(record.nodeId) ?? record.nodeId}
              {Math.abs(record.skewMs) >= worthSaying && (
                <span className="text-warn">
                  {t.rich("clockHere", {
                    skew: said(skewWords(record.skewMs)),
                    clock: () => <Clock at={record.time} />,
                  })}
                </span>
              )}
            </span>
          </>
        ) : (
          <span className="font-mono text-base text-faint">—</span>
        )}
      </dd>
    </div>
  );
}
