import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import {
  type ConfigDifference,
  evidenceWords,
  type InitDecision,
  placeWords,
} from "#lib/domain/init-decision.ts";
import { Secret } from "#lib/domain/secret.ts";

export interface InitDecisionsProps {
  decisions: readonly InitDecision[];
  /** What can be done about a region's decision here. */
  actions?: (decision: InitDecision) => ReactNode;
}

/** Where docker_init.sh runs in each region, what the nodes' files say to it, and who decided otherwise. */
export function InitDecisions({ decisions, actions }: InitDecisionsProps) {
  if (decisions.length === 0) return null;
  return (
    <section
      aria-label="Where docker_init.sh runs"
      className="grid grid-cols-[minmax(0,1fr)] rounded-lg border bg-raised"
    >
      <h3 className="border-b px-3 py-2 font-medium text-sm">
        Where <code className="font-mono text-xs">docker_init.sh</code> runs
      </h3>
      <ul>
        {decisions.map((decision) => (
          <li key={decision.regionId} className="grid gap-1 border-b px-3 py-2.5 last:border-b-0">
            <Decision decision={decision} actions={actions?.(decision)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decision({ decision, actions }: { decision: InitDecision; actions: ReactNode }) {
  const { region, overruledBecause, differences } = decision;
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="grid min-w-0 flex-1 basis-72 gap-0.5 text-sm [overflow-wrap:anywhere]">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="font-medium">{region}</span>
            <span>{placeWords(decision)}</span>
            {overruledBecause !== null && <Badge tone="warn">Overruled</Badge>}
          </p>
          <p className="text-muted text-xs">{evidenceWords(decision)}</p>
          {overruledBecause !== null && <p className="text-xs">Reason: {overruledBecause}</p>}
        </div>
        {actions}
      </div>
      {differences.length > 0 && (
        <Disclosure
          summary="What the files say"
          aside={differences.length === 1 ? "1 difference" : `${differences.length} differences`}
        >
          <Differences region={region} differences={differences} />
        </Disclosure>
      )}
    </>
  );
}

function Differences({
  region,
  differences,
}: {
  region: string;
  differences: readonly ConfigDifference[];
}) {
  return (
    <Table label={`Differences of config.yaml in ${region}`} maxHeight="max-h-96">
      <THead>
        <Th>Key</Th>
        <Th>Value</Th>
        <Th>Nodes</Th>
      </THead>
      <TBody>
        {differences.flatMap(({ key, secret, values }) =>
          values.map(({ text, absent, nodes }, index) => (
            <Tr key={`${key} ${nodes[0]}`}>
              <Td className="font-mono text-xs">{index === 0 ? key : <Same name={key} />}</Td>
              <Td label="Value" className="text-xs [overflow-wrap:anywhere]">
                {absent ? (
                  <span className="text-muted">not there</span>
                ) : secret || text === null ? (
                  <>
                    <span className="font-mono">{Secret.mask}</span>
                    <span className="text-muted"> secret, value {index + 1}</span>
                  </>
                ) : (
                  <span className="font-mono">{text === "" ? '""' : text}</span>
                )}
              </Td>
              <Td label="Nodes" className="text-xs [overflow-wrap:anywhere]">
                {someOf(nodes)}
              </Td>
            </Tr>
          )),
        )}
      </TBody>
    </Table>
  );
}

/** The key of the row above, for readers who do not see it. */
function Same({ name }: { name: string }) {
  return <span className="text-faint max-sm:text-inherit">{name}</span>;
}

/** The first few of many nodes. */
function someOf(nodes: readonly string[]): string {
  const named = nodes.slice(0, 8).join(", ");
  return nodes.length > 8 ? `${named} and ${nodes.length - 8} more` : named;
}
