import type { ReactNode } from "react";
import { RunSpan } from "#components/history/run-spans.tsx";
import { PlanHash } from "#components/plans/plan-view.tsx";
import { Clock } from "#components/ui/clock.tsx";
import { KeyValues } from "#components/ui/key-values.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { MarkRecord, RunState } from "#lib/domain/run.ts";
import { momentNames, skewWords } from "#lib/domain/run-story/moments.ts";
import type { RunRow } from "#lib/services/views.ts";

/** Who, when, from where to where, and for which reviewed plans. */
export function RunFacts({ row, state }: { row: RunRow; state: RunState }) {
  const plans = state.plans.map(({ leg, planHash, by, startedAt }) => ({
    label: leg === "forward" ? "Upgrade started by" : "Rollback started by",
    value: (
      <span className="grid">
        <span>
          {by.name}, <Clock at={startedAt} show="both" zone className="font-mono text-xs" />
        </span>
        <PlanHash hash={planHash} />
      </span>
    ) as ReactNode,
  }));
  return (
    <Panel>
      <KeyValues
        look="columns"
        items={[
          {
            label: "Deployment",
            value: (
              <TextLink href={`/deployments/${row.deploymentId}`}>{row.deploymentName}</TextLink>
            ),
          },
          { label: "Run", value: row.id, mono: true },
          ...plans,
          {
            label: "Ended",
            value: row.endedAt && (
              <Clock at={row.endedAt} show="both" zone className="font-mono text-xs" />
            ),
          },
          { label: "Duration", value: <RunSpan run={row} /> },
        ]}
      />
    </Panel>
  );
}

const meanings: Record<MarkRecord["mark"], string> = {
  T1: "first container stopped, outage begins",
  T2: "new version serves, outage over",
  T3: "rollback stops the first container",
  HA_BACK: "old version serves again",
};

export interface MomentTableProps {
  moments: readonly MarkRecord[];
  names: ReadonlyMap<string, string>;
}

/** The vendor's moments as the host's clock and this product's had them. */
export function MomentTable({ moments, names }: MomentTableProps) {
  return (
    <Table label="Moments">
      <THead>
        <Th>Moment</Th>
        <Th>Host</Th>
        <Th>Host’s clock</Th>
        <Th>Uplift’s clock</Th>
        <Th align="right">Host’s skew</Th>
      </THead>
      <TBody>
        {moments.map(({ mark, nodeId, hostTime, time, skewMs }) => (
          <Tr key={mark}>
            <Td>
              <span>
                <span className="font-medium">{momentNames[mark]}</span>{" "}
                <span className="text-muted">{meanings[mark]}</span>
              </span>
            </Td>
            <Td label="Host" mono>
              {names.get(nodeId) ?? nodeId}
            </Td>
            <Td label="Host’s clock" mono>
              <Clock at={hostTime} show="both" zone />
            </Td>
            <Td label="Uplift’s clock" mono>
              <Clock at={time} show="both" zone />
            </Td>
            <Td label="Host’s skew" align="right">
              {skewWords(skewMs)}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}
