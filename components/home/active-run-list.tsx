"use client";

import { useActiveRuns } from "#components/home/active-runs.tsx";
import { phaseWords, stateOfRun } from "#components/home/run-words.ts";
import { TickingDuration } from "#components/ui/duration.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice, type NoticeTone } from "#components/ui/notice.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { states } from "#components/ui/states.ts";
import { useTranslations } from "#i18n";
import type { ActiveRun } from "#lib/services/active-run.ts";

/** The runs that wait for a person, each with the way to its decision. */
export function WaitingRuns() {
  const words = useTranslations("words");
  const t = useTranslations("home");
  const waiting = useActiveRuns().runs.filter((run) => run.status === "paused" || run.awaitsPerson);
  if (waiting.length === 0) return null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {waiting.map((run) => (
        <Notice
          key={run.id}
          tone={toneOf(run)}
          title={t("waitsForYou", { deployment: run.deployment })}
          actions={
            <LinkButton href={`/runs/${run.id}`} variant="primary">
              {t("decide")}
            </LinkButton>
          }
        >
          {t("sentence", { words: phaseWords(run, words) })}
        </Notice>
      ))}
    </div>
  );
}

function toneOf({ pausedFor }: ActiveRun): NoticeTone {
  if (pausedFor === "failed") return "fail";
  return pausedFor === "uncertain" ? "warn" : "wait";
}

/** The runs that are on: phase, measured progress, outage clock. */
export function ActiveRunList() {
  const words = useTranslations("words");
  const t = useTranslations("home");
  const { runs, aheadMs } = useActiveRuns();
  if (runs.length === 0) return null;
  return (
    <Section title={t("runsInProgress")}>
      <ul className={runs.length > 1 ? "grid gap-3 lg:grid-cols-2" : "grid"}>
        {runs.map((run) => {
          const state = stateOfRun(run);
          return (
            <li key={run.id}>
              <Panel className="grid h-full content-between gap-3">
                <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
                  <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
                    <h3 className="font-semibold text-base [overflow-wrap:anywhere]">
                      {run.deployment}
                    </h3>
                    <span className="font-mono text-muted text-xs">
                      {run.fromVersion} → {run.toVersion}
                    </span>
                    <StateBadge state={state} look="box" />
                  </div>
                  <LinkButton href={`/runs/${run.id}`} size="sm">
                    {t("openTheRun")}
                  </LinkButton>
                </div>
                <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
                  <div>
                    <p className="text-muted text-xs">{t("now")}</p>
                    <p className="font-medium text-sm">{phaseWords(run, words)}</p>
                  </div>
                  {run.outage && (
                    <div className="text-right">
                      <p className="text-muted text-xs">
                        {run.outage.until ? t("outageOver") : t("outage")}
                      </p>
                      <TickingDuration
                        since={run.outage.since}
                        until={run.outage.until}
                        look="stopwatch"
                        aheadMs={aheadMs}
                        className="font-mono font-semibold text-xl"
                      />
                    </div>
                  )}
                </div>
                <ProgressBar
                  label={t("stepsOf", { deployment: run.deployment })}
                  value={run.steps.done}
                  max={run.steps.all}
                  valueText={t("ofSteps", { done: run.steps.done, all: run.steps.all })}
                  tone={states[state].tone}
                />
                <p className="text-muted text-xs">
                  {t("progress", {
                    done: run.steps.done,
                    all: run.steps.all,
                    startedBy: run.startedBy,
                  })}
                </p>
              </Panel>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
