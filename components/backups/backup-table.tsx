import { RelativeTime } from "#components/ui/clock.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { BackupRow } from "#lib/services/views.ts";
import { CheckButton } from "./check-button.tsx";
import { CheckedBadge, DumpChecksums, DumpPaths, DumpSizes, ProvenBadge } from "./dump-files.tsx";

export interface BackupTableProps {
  rows: readonly BackupRow[];
  /** Whether this person may have files read again. */
  mayCheck: boolean;
}

/** The dumps of all runs, newest first. */
export function BackupTable({ rows, mayCheck }: BackupTableProps) {
  return (
    <Table label="Backups">
      <THead>
        <Th>Database</Th>
        <Th>Deployment</Th>
        <Th>Where</Th>
        <Th align="right">Size</Th>
        <Th>SHA-256</Th>
        <Th>State</Th>
        <Th>Made</Th>
      </THead>
      <TBody>
        {rows.map(({ backup, ...row }) => (
          <Tr key={`${row.runId} ${backup.key}`}>
            <Td className="font-medium font-mono text-xs [overflow-wrap:anywhere]">
              {backup.database}
            </Td>
            <Td label="Deployment" className="[overflow-wrap:anywhere]">
              <TextLink href={`/deployments/${row.deploymentId}`}>{row.deploymentName}</TextLink>
            </Td>
            <Td label="Where">
              <span className="grid min-w-0">
                <span className="font-mono text-muted text-xs">{row.nodeName}</span>
                <DumpPaths backup={backup} />
              </span>
            </Td>
            <Td label="Size" align="right">
              <DumpSizes backup={backup} />
            </Td>
            <Td label="SHA-256">
              <DumpChecksums backup={backup} />
            </Td>
            <Td label="State" className="whitespace-nowrap">
              <span className="grid gap-1.5">
                {row.check ? (
                  <CheckedBadge check={row.check} />
                ) : (
                  <ProvenBadge proven={backup.proven} />
                )}
                {mayCheck && (
                  <CheckButton runId={row.runId} backup={backup.key} database={backup.database} />
                )}
              </span>
            </Td>
            <Td label="Made">
              <span className="grid whitespace-nowrap text-xs">
                <RelativeTime at={row.createdAt} />
                <TextLink
                  href={`/runs/${row.runId}`}
                  aria-label={`Run that made the backup of ${backup.database}`}
                >
                  its run
                </TextLink>
              </span>
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}
