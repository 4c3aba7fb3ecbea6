import { stateOfRun } from "#components/home/run-words.ts";
import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/clock.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { RunRow } from "#lib/services/views.ts";

export interface DeploymentTableProps {
  deployments: readonly Inventory[];
  /** The newest run of each. */
  lastRuns: ReadonlyMap<string, RunRow>;
}

/** All deployments: what runs where, and what was done last. */
export function DeploymentTable({ deployments, lastRuns }: DeploymentTableProps) {
  return (
    <Table label="Deployments">
      <THead>
        <Th>Name</Th>
        <Th>Version</Th>
        <Th>Regions</Th>
        <Th align="right">Nodes</Th>
        <Th>Last run</Th>
      </THead>
      <TBody>
        {deployments.map((deployment) => {
          const nodes = deployment.regions.reduce((sum, region) => sum + region.nodes.length, 0);
          const run = lastRuns.get(deployment.id);
          return (
            <Tr key={deployment.id}>
              <Td>
                <TextLink
                  href={`/deployments/${deployment.id}`}
                  className="font-medium [overflow-wrap:anywhere]"
                >
                  {deployment.name}
                </TextLink>
              </Td>
              <Td label="Version">
                <Badge mono>{deployment.version}</Badge>
              </Td>
              <Td label="Regions">
                <span className="line-clamp-2">
                  {deployment.regions.map((region) => region.name).join(", ")}
                </span>
              </Td>
              <Td label="Nodes" align="right">
                {nodes}
              </Td>
              <Td label="Last run">
                {run ? (
                  <span className="flex flex-wrap items-center gap-x-3">
                    <TextLink href={`/runs/${run.id}`} className="font-mono text-xs">
                      {run.fromVersion} → {run.toVersion}
                    </TextLink>
                    <StateBadge state={stateOfRun(run)} />
                    <RelativeTime at={run.createdAt} className="text-muted text-xs" />
                  </span>
                ) : (
                  <span className="text-faint">none yet</span>
                )}
              </Td>
            </Tr>
          );
        })}
      </TBody>
    </Table>
  );
}

/** The newest run of each deployment out of a list that is newest first. */
export function newestRuns(runs: readonly RunRow[]): Map<string, RunRow> {
  const newest = new Map<string, RunRow>();
  for (const run of runs) if (!newest.has(run.deploymentId)) newest.set(run.deploymentId, run);
  return newest;
}
