"use client";

import type { ReactNode } from "react";
import { useActiveRuns } from "#components/home/active-runs.tsx";
import { RunTitle } from "#components/home/run-title.tsx";
import { phaseWords, stateOfRun } from "#components/home/run-words.ts";
import { TickingDuration } from "#components/ui/duration.tsx";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { states } from "#components/ui/states.ts";
import { TextLink } from "#components/ui/text-link.tsx";
import { useTranslations } from "#i18n";
import type { DeploymentId } from "#lib/domain/ids.ts";

export interface LiveRunProps {
  deploymentId: DeploymentId;
  name: string;
  /** What is shown while no run is on: the last one. */
  children: ReactNode;
}

/** The run of a deployment that is on, as of two seconds ago: state, outage, progress. */
export function LiveRun({ deploymentId, name, children }: LiveRunProps) {
  const words = useTranslations("words");
  const t = useTranslations("fleet");
  const { runs, aheadMs } = useActiveRuns();
  const run = runs.find((one) => one.deploymentId === deploymentId);
  if (!run) return children;
  const state = stateOfRun(run);
  const { outage } = run;
  const { done, all } = run.steps;
  return (
    <span className="grid w-full min-w-0 max-w-80 gap-1">
      <span className="flex flex-wrap items-center gap-x-3">
        <TextLink href={`/runs/${run.id}`} className="whitespace-nowrap font-mono text-xs">
          <RunTitle run={run} />
        </TextLink>
        <StateBadge state={state} />
        {outage && (
          <span className="ml-auto whitespace-nowrap text-muted text-xs">
            {t.rich("outFor", {
              tickingduration: () => (
                <TickingDuration
                  since={outage.since}
                  until={outage.until}
                  look="stopwatch"
                  aheadMs={aheadMs}
                  className="font-medium font-mono text-fg text-sm"
                />
              ),
            })}
          </span>
        )}
      </span>
      <ProgressBar
        label={t("stepsOf", { name })}
        value={done}
        max={all}
        valueText={t("ofSteps", { done, all })}
        tone={states[state].tone}
      />
      <span className="text-muted text-xs [overflow-wrap:anywhere]">{phaseWords(run, words)}</span>
    </span>
  );
}
