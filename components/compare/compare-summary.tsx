import { stateOfRun } from "#components/home/run-words.ts";
import { Clock } from "#components/ui/clock.tsx";
import { formatDuration } from "#components/ui/format.ts";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { Comparison } from "#lib/domain/run-compare/compare-runs.ts";
import type { RunRow } from "#lib/services/views.ts";
import { Difference } from "./difference.tsx";

export interface CompareSummaryProps {
  /** The earlier run. */
  a: RunRow;
  b: RunRow;
  comparison: Comparison;
}

/** Which two runs, how they came out, their outages, and the steps that differ most. */
export function CompareSummary({ a, b, comparison }: CompareSummaryProps) {
  const { outageMs, totalMs, slower, faster } = comparison;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Table label="The two runs">
        <THead>
          <Th>
            <span className="sr-only">What</span>
          </Th>
          <Th>A, earlier</Th>
          <Th>B, later</Th>
          <Th align="right">Difference</Th>
        </THead>
        <TBody>
          <Both name="Deployment" a={<Run run={a} />} b={<Run run={b} />} />
          <Both name="Versions" a={versions(a)} b={versions(b)} />
          <Both
            name="Outcome"
            a={<StateBadge state={stateOfRun(a)} />}
            b={<StateBadge state={stateOfRun(b)} />}
          />
          <Both name="Started" a={<Start run={a} />} b={<Start run={b} />} />
          <Both name="Outage" {...spans(outageMs)} />
          <Both name="Duration" {...spans(totalMs)} />
        </TBody>
      </Table>
      <p className="text-sm">{words(slower.length, faster.length)}</p>
    </div>
  );
}

interface BothProps {
  name: string;
  a: React.ReactNode;
  b: React.ReactNode;
  difference?: React.ReactNode;
}

function Both({ name, a, b, difference }: BothProps) {
  return (
    <Tr>
      <Td className="text-muted">{name}</Td>
      <Td label="A">{a}</Td>
      <Td label="B">{b}</Td>
      <Td label="Difference" align="right">
        {difference}
      </Td>
    </Tr>
  );
}

function spans([a, b]: Comparison["outageMs"]): Omit<BothProps, "name"> {
  const text = (ms: number | null) => (ms === null ? "—" : formatDuration(ms));
  const later = a === null || b === null ? null : b - a;
  return { a: text(a), b: text(b), difference: <Difference ms={later} marked /> };
}

const versions = ({ fromVersion, toVersion }: RunRow) => (
  <span className="font-mono text-xs">
    {fromVersion} → {toVersion}
  </span>
);

function Start({ run }: { run: RunRow }) {
  return (
    <span>
      <Clock at={run.createdAt} show="both" className="font-mono text-xs" /> by {run.startedBy}
    </span>
  );
}

function Run({ run }: { run: RunRow }) {
  return (
    <TextLink href={`/runs/${run.id}`} className="[overflow-wrap:anywhere]">
      {run.deploymentName}
    </TextLink>
  );
}

function words(slower: number, faster: number): string {
  if (slower + faster === 0) return "No step took notably longer or shorter than in the other run.";
  const some = (count: number) => (count === 1 ? "1 step" : `${count} steps`);
  return `In B ${some(slower)} took notably longer and ${some(faster)} notably shorter: by five seconds and a quarter or more.`;
}
