import { stateOfRun } from "#components/home/run-words.ts";
import { Clock } from "#components/ui/clock.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { RunRow } from "#lib/services/views.ts";

/** The runs of one deployment, newest first. */
export function RunHistory({ name, runs }: { name: string; runs: readonly RunRow[] }) {
  return (
    <Table label={`Runs of ${name}`}>
      <THead>
        <Th>Run</Th>
        <Th>State</Th>
        <Th>Started</Th>
        <Th>By</Th>
        <Th align="right">T1 to T2</Th>
      </THead>
      <TBody>
        {runs.map((run) => (
          <Tr key={run.id}>
            <Td>
              <TextLink href={`/runs/${run.id}`} className="font-mono text-xs">
                {run.fromVersion} → {run.toVersion}
              </TextLink>
            </Td>
            <Td label="State">
              <StateBadge state={stateOfRun(run)} />
            </Td>
            <Td label="Started">
              <Clock at={run.createdAt} show="both" className="font-mono text-xs" />
            </Td>
            <Td label="By">{run.startedBy}</Td>
            <Td label="T1 to T2" align="right">
              {run.t1 && run.t2 ? (
                <Duration ms={Date.parse(run.t2) - Date.parse(run.t1)} />
              ) : (
                <span className="text-faint">—</span>
              )}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}
