"use client";

import { ActiveRunCard } from "#components/home/active-run-card.tsx";
import { useActiveRuns } from "#components/home/active-runs.tsx";
import { waitsForPerson } from "#components/home/run-words.ts";
import { Section } from "#components/ui/page-header.tsx";
import { useTranslations } from "#i18n";
import type { ActiveRun } from "#lib/operations/active-runs.ts";

/** The runs that are on; first those that wait for a person. */
export function ActiveRunList() {
  const t = useTranslations("home");
  const { runs, aheadMs } = useActiveRuns();
  const groups = [
    { title: t("waitingForAPerson"), runs: runs.filter(waitsForPerson) },
    { title: t("runsInProgress"), runs: runs.filter((run) => !waitsForPerson(run)) },
  ];
  return groups
    .filter((group) => group.runs.length > 0)
    .map((group) => (
      <Section key={group.title} title={group.title}>
        <Cards runs={group.runs} aheadMs={aheadMs} />
      </Section>
    ));
}

function Cards({ runs, aheadMs }: { runs: readonly ActiveRun[]; aheadMs: number }) {
  return (
    <ul className={runs.length > 1 ? "grid gap-3 lg:grid-cols-2 2xl:grid-cols-3" : "grid"}>
      {runs.map((run) => (
        <li key={run.id} className="min-w-0">
          <ActiveRunCard run={run} aheadMs={aheadMs} />
        </li>
      ))}
    </ul>
  );
}
