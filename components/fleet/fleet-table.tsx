import { stateOfRun } from "#components/home/run-words.ts";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/clock.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { FleetRow } from "#lib/services/fleet.ts";
import { LiveRun } from "./live-run.tsx";
import { RegionMarks } from "./node-marks.tsx";

/** Deployments: what runs where, how it was last seen, and what was done last or is being done. */
export function FleetTable({ rows }: { rows: readonly FleetRow[] }) {
  return (
    <Table label="Deployments">
      <THead>
        <Th>Name</Th>
        <Th>Version</Th>
        <Th>Regions and nodes</Th>
        <Th>HA</Th>
        <Th>Seen</Th>
        <Th className="lg:w-72">Run</Th>
      </THead>
      <TBody>
        {rows.map((row) => (
          <Tr key={row.id}>
            <Td className="min-w-44">
              <TextLink
                href={`/deployments/${row.id}`}
                className="font-medium [overflow-wrap:anywhere]"
              >
                {row.name}
              </TextLink>
            </Td>
            <Td label="Version">
              <Badge mono>{row.version}</Badge>
            </Td>
            <Td label="Nodes">
              <RegionMarks regions={row.regions} />
            </Td>
            <Td label="HA">
              <Ha ha={row.seen?.ha ?? null} />
            </Td>
            <Td label="Seen" className="whitespace-nowrap text-xs">
              {row.seen ? (
                <RelativeTime at={row.seen.at} className="text-muted" />
              ) : (
                <span className="text-faint">never</span>
              )}
            </Td>
            <Td label="Run">
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
  if (ha === null) return <span className="text-faint">—</span>;
  return ha ? "On" : <span className="text-warn">Off</span>;
}

function LastRun({ run }: { run: FleetRow["lastRun"] }) {
  if (!run) return <span className="text-faint">none yet</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-3">
      <TextLink href={`/runs/${run.id}`} className="whitespace-nowrap font-mono text-xs">
        {run.fromVersion} → {run.toVersion}
      </TextLink>
      <StateBadge state={stateOfRun(run)} />
      <RelativeTime at={run.createdAt} className="text-muted text-xs" />
    </span>
  );
}
