"use client";

import { RunTitle } from "#components/home/run-title.tsx";
import { leftWords, phaseWords, stateOfRun, waitsForPerson } from "#components/home/run-words.ts";
import { TickingDuration } from "#components/ui/duration.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { states, toneBorder } from "#components/ui/states.ts";
import { useTranslations } from "#i18n";
import type { ActiveRun } from "#lib/operations/active-runs.ts";

export interface ActiveRunCardProps {
  run: ActiveRun;
  /** How far the server's clock is ahead of this browser's, milliseconds. */
  aheadMs: number;
}

/** A run that is on: state, phase, measured progress, outage clock, and the way to it. */
export function ActiveRunCard({ run, aheadMs }: ActiveRunCardProps) {
  const words = useTranslations("words");
  const t = useTranslations("home");
  const state = stateOfRun(run);
  const { tone } = states[state];
  const waits = waitsForPerson(run);
  const left = leftWords(run, words);
  return (
    <Panel
      className={`flex h-full flex-col justify-between gap-3 ${waits ? toneBorder[tone] : ""}`}
    >
      <div className="flex items-start justify-between gap-x-6">
        <div className="min-w-0">
          <h3 className="font-semibold text-base [overflow-wrap:anywhere]">{run.deployment}</h3>
          <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
            <StateBadge state={state} look="box" />
            <span className="whitespace-nowrap font-mono text-muted text-xs">
              <RunTitle run={run} />
            </span>
          </div>
        </div>
        <LinkButton
          href={`/runs/${run.id}`}
          size="sm"
          variant={waits ? "primary" : "secondary"}
          aria-label={t(waits ? "decideOf" : "openTheRunOf", { deployment: run.deployment })}
        >
          {waits ? t("decide") : t("openTheRun")}
        </LinkButton>
      </div>
      <div className="grid gap-2">
        <div className="flex items-end justify-between gap-x-8">
          <p className="font-medium text-sm">{phaseWords(run, words)}</p>
          {run.outage && (
            <p className="shrink-0 text-right">
              <span className="block text-muted text-xs">
                {run.outage.until ? t("outageOver") : t("outage")}
              </span>
              <TickingDuration
                since={run.outage.since}
                until={run.outage.until}
                look="stopwatch"
                aheadMs={aheadMs}
                className="font-mono font-semibold text-xl"
              />
            </p>
          )}
        </div>
        <ProgressBar
          label={t("stepsOf", { deployment: run.deployment })}
          value={run.steps.done}
          max={run.steps.all}
          valueText={t("ofSteps", { done: run.steps.done, all: run.steps.all })}
          tone={tone}
        />
        <p className="text-muted text-xs">
          {left && <span className="font-medium text-fg">{left} · </span>}
          {t("progress", {
            done: run.steps.done,
            all: run.steps.all,
            startedBy: run.startedBy,
          })}
        </p>
      </div>
    </Panel>
  );
}
