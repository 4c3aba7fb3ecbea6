import { RunTitle } from "#components/home/run-title.tsx";
import { stateOfRun } from "#components/home/run-words.ts";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/clock.tsx";
import { DataTable, type TableOrder } from "#components/ui/data-table.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useTranslations } from "#i18n";
import type { FleetRow } from "#lib/operations/fleet.ts";
import type { FleetOrder } from "#lib/services/fleet-order.ts";
import { LiveRun } from "./live-run.tsx";
import { RegionMarks } from "./node-marks.tsx";

export interface FleetTableProps {
  rows: readonly FleetRow[];
  order: TableOrder<FleetOrder["by"]>;
}

/** Deployments: what runs where, how it was last seen, and what was done last or is being done. */
export function FleetTable({ rows, order }: FleetTableProps) {
  const t = useTranslations("fleet");
  return (
    <DataTable
      label={t("deployments")}
      rows={rows}
      rowKey={({ id }) => id}
      order={order}
      columns={[
        {
          name: t("name"),
          by: "name",
          className: "sm:min-w-56",
          cell: ({ id, name }) => (
            <TextLink href={`/deployments/${id}`} className="font-medium [overflow-wrap:anywhere]">
              {name}
            </TextLink>
          ),
        },
        {
          name: t("version"),
          by: "version",
          cell: ({ version }) => <Badge mono>{version}</Badge>,
        },
        { name: t("regionsAndNodes"), cell: ({ regions }) => <RegionMarks regions={regions} /> },
        { name: "HA", cell: ({ seen }) => <Ha ha={seen?.ha ?? null} /> },
        {
          name: t("seen"),
          by: "seen",
          className: "whitespace-nowrap text-xs",
          cell: ({ seen }) =>
            seen ? (
              <RelativeTime at={seen.at} className="text-muted" />
            ) : (
              <span className="text-faint">{t("never")}</span>
            ),
        },
        {
          name: t("run"),
          by: "run",
          nameClassName: "lg:w-88",
          cell: ({ id, name, lastRun }) => (
            <LiveRun deploymentId={id} name={name}>
              <LastRun run={lastRun} />
            </LiveRun>
          ),
        },
      ]}
    />
  );
}

function Ha({ ha }: { ha: boolean | null }) {
  const t = useTranslations("fleet");
  if (ha === null) return <span className="text-faint">—</span>;
  return ha ? t("on") : <span className="text-warn">{t("off")}</span>;
}

function LastRun({ run }: { run: FleetRow["lastRun"] }) {
  const t = useTranslations("fleet");
  if (!run) return <span className="text-faint">{t("noneYet")}</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <TextLink href={`/runs/${run.id}`} className="whitespace-nowrap font-mono text-xs">
        <RunTitle run={run} />
      </TextLink>
      <StateBadge state={stateOfRun(run)} />
      <RelativeTime at={run.createdAt} className="text-muted text-xs" />
    </span>
  );
}
