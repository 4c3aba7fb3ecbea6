import { RunTitle } from "#components/home/run-title.tsx";
import { stateOfRun } from "#components/home/run-words.ts";
import { Clock } from "#components/ui/clock.tsx";
import { DataTable, type TableOrder } from "#components/ui/data-table.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useTranslations } from "#i18n";
import type { RunStatus } from "#lib/domain/run.ts";
import type { RunOrder } from "#lib/operations/run-lists.ts";
import type { RunRow } from "#lib/services/views.ts";
import { OutageSpan, RunSpan } from "./run-spans.tsx";

/** The statuses from which a run can be rolled back; the run's page asks the whole state again. */
const standing: readonly RunStatus[] = ["paused", "succeeded", "abandoned"];

/** A practice has nothing to roll back. */
function mayGoBack({ purpose, leg, status }: RunRow): boolean {
  return purpose === "upgrade" && leg === "forward" && standing.includes(status);
}

export interface RunTableProps {
  runs: readonly RunRow[];
  /** Whether this person's role may control runs. */
  mayControl: boolean;
  /** Without it they cannot be sorted. */
  order?: TableOrder<RunOrder["by"]>;
}

/** Runs, newest first unless they are sorted. */
export function RunTable({ runs, mayControl, order }: RunTableProps) {
  const t = useTranslations("history");
  return (
    <DataTable
      label={t("runs")}
      rows={runs}
      rowKey={({ id }) => id}
      order={order}
      columns={[
        {
          name: t("deployment"),
          by: "deployment",
          className: "sm:min-w-52",
          cell: (run) => (
            <TextLink
              href={`/runs/${run.id}`}
              className="font-medium [overflow-wrap:anywhere]"
              aria-label={t("runOf", named(run))}
            >
              {run.deploymentName}
            </TextLink>
          ),
        },
        { name: t("versions"), mono: true, cell: (run) => <RunTitle run={run} /> },
        {
          name: t("state"),
          by: "state",
          className: "whitespace-nowrap",
          cell: (run) => <StateBadge state={stateOfRun(run)} />,
        },
        {
          name: t("started"),
          by: "started",
          cell: ({ createdAt }) => (
            <Clock at={createdAt} show="both" className="font-mono text-xs" />
          ),
        },
        {
          name: t("by"),
          by: "by",
          cell: ({ startedBy }) => (
            <span className="block max-w-44 truncate" title={startedBy}>
              {startedBy}
            </span>
          ),
        },
        { name: t("outage"), align: "right", cell: (run) => <OutageSpan run={run} /> },
        { name: t("duration"), align: "right", cell: (run) => <RunSpan run={run} /> },
        {
          name: t("links"),
          unnamed: true,
          cell: (run) => (
            <span className="flex justify-end gap-3 whitespace-nowrap text-xs">
              {mayControl && mayGoBack(run) && (
                <TextLink href={`/runs/${run.id}`} aria-label={t("rollBackOf", named(run))}>
                  {t("rollBack")}
                </TextLink>
              )}
              <TextLink href={`/runs/${run.id}/audit`} aria-label={t("auditOf", named(run))}>
                {t("audit")}
              </TextLink>
            </span>
          ),
        },
      ]}
    />
  );
}

/** What a run is called. */
function named({ deploymentName, purpose, fromVersion, toVersion }: RunRow) {
  return { deploymentName, purpose, fromVersion, toVersion };
}
