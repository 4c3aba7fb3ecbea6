"use client";

import { usePathname } from "next/navigation";
import { ActiveRunBar } from "#components/frame/active-run-bar.tsx";
import { useActiveRuns } from "#components/home/active-runs.tsx";
import { leftWords, phaseWords, stateOfRun } from "#components/home/run-words.ts";
import { useTranslations } from "#i18n";

/** The bar over every page but its own while a run is on. */
export function RunBar() {
  const words = useTranslations("words");
  const path = usePathname();
  const active = useActiveRuns();
  // A run's own page says all of it, and more exactly.
  const runs = active.runs.filter(({ id }) => path !== `/runs/${id}`);
  const [run] = runs;
  if (!run) return null;
  return (
    <ActiveRunBar
      href={`/runs/${run.id}`}
      deployment={run.deployment}
      state={stateOfRun(run)}
      phase={phaseWords(run, words)}
      others={runs.length - 1}
      aheadMs={active.aheadMs}
      left={leftWords(run, words)}
      {...(run.outage && { outage: run.outage })}
    />
  );
}
