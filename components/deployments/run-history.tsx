import { RunTitle } from "#components/home/run-title.tsx";
import { stateOfRun } from "#components/home/run-words.ts";
import { Clock } from "#components/ui/clock.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useTranslations } from "#i18n";
import type { RunRow } from "#lib/services/views.ts";

/** The runs of one deployment, newest first. */
export function RunHistory({ name, runs }: { name: string; runs: readonly RunRow[] }) {
  const t = useTranslations("deployments");
  return (
    <DataTable
      label={t("runsOf", { name })}
      rows={runs}
      rowKey={({ id }) => id}
      columns={[
        {
          name: t("run"),
          cell: (run) => (
            <TextLink href={`/runs/${run.id}`} className="font-mono text-xs">
              <RunTitle run={run} />
            </TextLink>
          ),
        },
        { name: t("state"), cell: (run) => <StateBadge state={stateOfRun(run)} /> },
        {
          name: t("started"),
          cell: ({ createdAt }) => (
            <Clock at={createdAt} show="both" className="font-mono text-xs" />
          ),
        },
        { name: t("by"), cell: ({ startedBy }) => startedBy },
        {
          name: t("t1ToT2"),
          align: "right",
          cell: ({ t1, t2 }) =>
            t1 && t2 ? (
              <Duration ms={Date.parse(t2) - Date.parse(t1)} />
            ) : (
              <span className="text-faint">—</span>
            ),
        },
      ]}
    />
  );
}
