"use client";

import { ActiveRunBar } from "#components/frame/active-run-bar.tsx";
import { useActiveRuns } from "#components/home/active-runs.tsx";
import { phaseWords, stateOfRun } from "#components/home/run-words.ts";

/** The bar over every page while a run is on. */
export function RunBar() {
  const { runs, aheadMs } = useActiveRuns();
  const [run] = runs;
  if (!run) return null;
  return (
    <ActiveRunBar
      href={`/runs/${run.id}`}
      deployment={run.deployment}
      state={stateOfRun(run)}
      phase={phaseWords(run)}
      others={runs.length - 1}
      aheadMs={aheadMs}
      {...(run.outage && { outage: run.outage })}
    />
  );
}
