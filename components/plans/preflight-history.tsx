import { RelativeTime } from "#components/ui/clock.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { DeploymentId, PreflightId } from "#lib/domain/ids.ts";
import { verdictWords } from "#lib/domain/preflight.ts";
import type { PreflightRow } from "#lib/services/preflights.ts";

export interface PreflightHistoryProps {
  deployment: { id: DeploymentId; name: string };
  rows: readonly PreflightRow[];
  /** The one that is open. */
  shown: PreflightId;
}

/** Earlier preflights of a deployment, the newest first. */
export function PreflightHistory({ deployment, rows, shown }: PreflightHistoryProps) {
  return (
    <Table label={`Preflights of ${deployment.name}`}>
      <THead>
        <Th>When</Th>
        <Th>Result</Th>
        <Th>Target</Th>
        <Th>By</Th>
        <Th align="right">Took</Th>
      </THead>
      <TBody>
        {rows.map((row) => (
          <Tr key={row.id} selected={row.id === shown}>
            <Td>
              <TextLink href={`/deployments/${deployment.id}/preflight?show=${row.id}`}>
                <RelativeTime at={row.createdAt} />
              </TextLink>
            </Td>
            <Td label="Result">
              <StateBadge {...verdictWords(row)} />
            </Td>
            <Td label="Target" mono>
              {row.version ?? "—"}
            </Td>
            <Td label="By">{row.createdBy}</Td>
            <Td label="Took" align="right">
              <Duration ms={row.tookMs} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}
