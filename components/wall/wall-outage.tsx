import { Clock } from "#components/ui/clock.tsx";
import { TickingDuration } from "#components/ui/duration.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { useSaid, useTranslations } from "#i18n";
import { isSettled, isUnderWay, type RunState, stepsOfLeg } from "#lib/domain/run.ts";
import { momentsOf } from "#lib/domain/run-story/moments.ts";
import { aboutWords, type Forecast } from "#lib/domain/run-view/forecast.ts";
import { outageOf } from "#lib/domain/run-view/outage.ts";
import type { Progress } from "#lib/domain/run-view/progress.ts";

export interface WallOutageProps {
  run: RunState;
  /** Server clock minus this browser's, milliseconds. */
  aheadMs: number;
  expected: Forecast | null;
  progress: Progress | null;
  /** The server's clock, ms since the epoch. */
  now: number;
}

/** The outage clock, as large as the wall allows, with its moments and how far the leg is. */
export function WallOutage({ run, aheadMs, expected, progress, now }: WallOutageProps) {
  const said = useSaid();
  const moments = useTranslations("words");
  const t = useTranslations("wall");
  const outage = outageOf(run);
  const steps = stepsOfLeg(run);
  const done = steps.filter(({ status }) => isSettled(status)).length;
  const percent = Math.floor((progress?.share ?? 0) * 100);
  const words = t("ofSteps", { done, all: steps.length });
  return (
    <section
      aria-label={t("outage")}
      className="flex flex-wrap items-end justify-between gap-x-12 gap-y-4 rounded-lg border bg-raised p-4 lg:p-8"
    >
      <div>
        <p className="text-lg text-muted lg:text-2xl">
          {outage ? (outage.until ? t("outageOver") : t("outage")) : t("outageNotBegun")}
        </p>
        <p className="font-mono font-semibold text-[clamp(3.5rem,16vw,18rem)] leading-none">
          {outage ? (
            <TickingDuration
              since={outage.since}
              until={outage.until}
              look="stopwatch"
              aheadMs={aheadMs}
            />
          ) : (
            <span className="text-faint">—</span>
          )}
        </p>
      </div>
      <div className="grid min-w-64 flex-1 gap-4 lg:gap-6">
        <dl className="flex flex-wrap gap-x-10 gap-y-2">
          {momentsOf(run).map(({ mark, time }) => (
            <div key={mark}>
              <dt className="text-lg text-muted">{moments(`moments.${mark}`)}</dt>
              <dd>
                <Clock at={time} className="font-medium font-mono text-2xl lg:text-4xl" />
              </dd>
            </div>
          ))}
        </dl>
        <div className="grid gap-2">
          <p className="text-lg lg:text-2xl">
            {progress?.byTime && t("share", { percent })}
            {words}
            {expected &&
              isUnderWay(run.status) &&
              t("left", {
                time: said(aboutWords(expected.endAt - now)),
                approvals: expected.approvals,
                assumed: String(expected.assumed),
              })}
          </p>
          <ProgressBar
            label={t("steps")}
            value={percent}
            max={100}
            valueText={words}
            className="h-3"
          />
        </div>
      </div>
    </section>
  );
}
