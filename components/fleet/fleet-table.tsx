import { RunTitle } from "#components/home/run-title.tsx";
import { stateOfRun } from "#components/home/run-words.ts";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/clock.tsx";
import { SortTh, type TableOrder } from "#components/ui/sort-th.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useTranslations } from "#i18n";
import type { FleetRow } from "#lib/services/fleet.ts";
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
    <Table label={t("deployments")}>
      <THead>
        <SortTh by="name" order={order}>
          {t("name")}
        </SortTh>
        <SortTh by="version" order={order}>
          {t("version")}
        </SortTh>
        <Th>{t("regionsAndNodes")}</Th>
        <Th>HA</Th>
        <SortTh by="seen" order={order}>
          {t("seen")}
        </SortTh>
        <SortTh by="run" order={order} className="lg:w-88">
          {t("run")}
        </SortTh>
      </THead>
      <TBody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td className="sm:min-w-56">
              <TextLink
                href={`/deployments/${row.id}`}
                className="font-medium [overflow-wrap:anywhere]"
              >
                {row.name}
              </TextLink>
            </Td>
            <Td label={t("version")}>
              <Badge mono>{row.version}</Badge>
            </Td>
            <Td label={t("nodes")}>
              <RegionMarks regions={row.regions} />
            </Td>
            <Td label={"HA"}>
              <Ha ha={row.seen?.ha ?? null} />
            </Td>
            <Td label={t("seen")} className="whitespace-nowrap text-xs">
              {row.seen ? (
                <RelativeTime at={row.seen.at} className="text-muted" />
              ) : (
                <span className="text-faint">{t("never")}</span>
              )}
            </Td>
            <Td label={t("run")}>
              <LiveRun deploymentId={row.id} name={row.name}>
                <LastRun run={row.lastRun} />
              </LiveRun>
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
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
