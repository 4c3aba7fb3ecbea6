import { formatDuration } from "#components/ui/format.ts";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { states, toneText } from "#components/ui/states.ts";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { isWorthSaying, type Side, type StepPair } from "#lib/domain/run-compare/compare-runs.ts";
import { Difference } from "./difference.tsx";

/** Every step of both runs with what it took in each. */
export function CompareTable({ pairs }: { pairs: readonly StepPair[] }) {
  const longest = Math.max(1, ...pairs.flatMap(({ a, b }) => [a?.tookMs ?? 0, b?.tookMs ?? 0]));
  return (
    <Table label="Steps of both runs">
      <THead>
        <Th>Phase</Th>
        <Th>Step</Th>
        <Th>A</Th>
        <Th>B</Th>
        <Th align="right">Difference</Th>
      </THead>
      <TBody>
        {pairs.map((pair) => (
          <Tr key={`${pair.leg} ${pair.stepId}`}>
            <Td className="whitespace-nowrap text-muted">
              {pair.phase}
              {pair.leg === "rollback" && ", way back"}
            </Td>
            <Td label="Step" className="[overflow-wrap:anywhere]">
              {pair.title}
            </Td>
            <Td label="A">
              <Took side={pair.a} longest={longest} />
            </Td>
            <Td label="B">
              <Took side={pair.b} longest={longest} />
            </Td>
            <Td label="Difference" align="right">
              <DifferenceOf pair={pair} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

/** A duration with a bar against the longest step of both runs. */
function Took({ side, longest }: { side: Side | null; longest: number }) {
  if (!side) return <span className="text-faint">no such step</span>;
  const { tone, word } = states[side.status];
  return (
    <span className="grid w-40 gap-1">
      <span className="flex items-center gap-1.5 whitespace-nowrap text-xs tabular-nums">
        <StateGlyph state={side.status} className={`size-3 ${toneText[tone]}`} />
        <span className="sr-only">{word}, </span>
        {side.tookMs === null ? word.toLowerCase() : formatDuration(side.tookMs)}
        {side.attempts > 1 && <span className="text-muted">attempt {side.attempts}</span>}
      </span>
      {side.tookMs !== null && (
        <span
          className="h-1 rounded-full bg-line-strong"
          style={{ width: `${Math.max(1, (side.tookMs / longest) * 100)}%` }}
        />
      )}
    </span>
  );
}

function DifferenceOf({ pair }: { pair: StepPair }) {
  return <Difference ms={pair.laterMs} marked={isWorthSaying(pair)} />;
}
