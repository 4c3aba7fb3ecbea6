import { Clock } from "#components/ui/clock.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { Said } from "#components/ui/said.tsx";
import { SortTh, type TableOrder } from "#components/ui/sort-th.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { useTranslations } from "#i18n";
import { type StoryKey, sortStory, tookMs } from "#lib/domain/run-story/sort-trail.ts";
import type { StoryLine } from "#lib/domain/run-story/story.ts";
import { OnScreen } from "./on-screen.tsx";

export interface StoryTableProps {
  lines: readonly StoryLine[];
  order: TableOrder<StoryKey>;
  /** It is not sorted as it happened. */
  resorted: boolean;
}

/** The same story line by line in columns: number in the journal, time, phase, what, how it ended. */
export function StoryTable({ lines, order, resorted }: StoryTableProps) {
  const rows = withPhases(lines);
  return (
    <OnScreen paper={resorted && <StoryRows rows={rows} />}>
      <StoryRows rows={sortStory(rows, order)} order={order} />
    </OnScreen>
  );
}

interface StoryRowsProps {
  rows: ReturnType<typeof withPhases>;
  order?: TableOrder<StoryKey>;
}

function StoryRows({ rows, order }: StoryRowsProps) {
  const words = useTranslations("words");
  const t = useTranslations("audit-trail");
  return (
    <Table label={t("storyAsATable")}>
      <THead>
        <Th align="right">{t("no")}</Th>
        <SortTh by="time" order={order}>
          {t("time")}
        </SortTh>
        <Th>{t("phase")}</Th>
        <Th>{t("kind")}</Th>
        <Th>{t("what")}</Th>
        <SortTh by="host" order={order}>
          {t("host")}
        </SortTh>
        <SortTh by="outcome" order={order}>
          {t("outcome")}
        </SortTh>
        <SortTh by="took" order={order} align="right">
          {t("took")}
        </SortTh>
      </THead>
      <TBody>
        {rows.map(({ line, phase, kind }) => (
          <Tr key={line.seq} className="break-inside-avoid">
            <Td align="right" className="text-muted max-sm:justify-start">
              {line.seq}
            </Td>
            <Td label={t("time")} mono>
              <Clock at={line.at} />
            </Td>
            <Td label={t("phase")} className="whitespace-nowrap text-muted">
              {phase && words(`phases.${phase}`)}
            </Td>
            <Td label={t("kind")} className="text-muted">
              {t(`kinds.${kind}`)}
            </Td>
            <Td label={t("what")} className="[overflow-wrap:anywhere]">
              <span>
                <Said>{line.text}</Said>
                {line.detail && (
                  <span className="block text-muted text-xs">
                    <Said>{line.detail}</Said>
                  </span>
                )}
              </span>
            </Td>
            <Td
              label={t("host")}
              className="font-mono text-muted text-xs [overflow-wrap:anywhere] sm:min-w-24"
            >
              {line.host}
            </Td>
            <Td label={t("outcome")}>
              {line.attempt && <StateBadge state={line.attempt.status} />}
            </Td>
            <Td label={t("took")} align="right">
              <Took line={line} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

function Took({ line }: { line: StoryLine }) {
  const ms = tookMs(line);
  return ms !== null && <Duration ms={ms} />;
}

/** The lines with the phase that they stand in; a phase is no line of its own here. */
function withPhases(lines: readonly StoryLine[]) {
  let phase: StoryLine["phase"];
  return lines.flatMap((line) => {
    if (line.kind !== "phase") return [{ line, phase, kind: line.kind }];
    phase = line.phase;
    return [];
  });
}
