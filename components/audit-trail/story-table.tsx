import { Clock } from "#components/ui/clock.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import type { StoryLine } from "#lib/domain/run-story/story.ts";
import { phaseNames } from "#lib/domain/run-view/phase-names.ts";

/** What each kind of sentence is, in a column that can be skimmed. */
const kinds: Record<Exclude<StoryLine["kind"], "phase">, string> = {
  person: "person",
  step: "step",
  trouble: "trouble",
  pause: "pause",
  moment: "moment",
  machine: "Uplift",
  end: "end",
};

/** The same story line by line in columns: number in the journal, time, phase, what, how it ended. */
export function StoryTable({ lines }: { lines: readonly StoryLine[] }) {
  return (
    <Table label="Story as a table">
      <THead>
        <Th align="right">No.</Th>
        <Th>Time</Th>
        <Th>Phase</Th>
        <Th>Kind</Th>
        <Th>What</Th>
        <Th>Outcome</Th>
        <Th align="right">Took</Th>
      </THead>
      <TBody>
        {withPhases(lines).map(({ line, phase, kind }) => (
          <Tr key={line.seq} className="break-inside-avoid">
            <Td align="right" className="text-muted max-sm:justify-start">
              {line.seq}
            </Td>
            <Td label="Time" mono>
              <Clock at={line.at} />
            </Td>
            <Td label="Phase" className="whitespace-nowrap text-muted">
              {phase}
            </Td>
            <Td label="Kind" className="text-muted">
              {kind}
            </Td>
            <Td label="What" className="[overflow-wrap:anywhere]">
              <span>
                {line.text}
                {line.host && <span className="font-mono text-muted text-xs"> {line.host}</span>}
                {line.detail && <span className="block text-muted text-xs">{line.detail}</span>}
              </span>
            </Td>
            <Td label="Outcome">{line.attempt && <StateBadge state={line.attempt.status} />}</Td>
            <Td label="Took" align="right">
              {line.attempt?.endedAt && (
                <Duration ms={Date.parse(line.attempt.endedAt) - Date.parse(line.at)} />
              )}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

/** The lines with the phase that they stand in; a phase is no line of its own here. */
function withPhases(lines: readonly StoryLine[]) {
  let phase = "";
  return lines.flatMap((line) => {
    if (line.kind !== "phase") return [{ line, phase, kind: kinds[line.kind] }];
    phase = line.phase ? phaseNames[line.phase] : "";
    return [];
  });
}
