import { Clock } from "#components/ui/clock.tsx";
import { DataTable, type TableOrder } from "#components/ui/data-table.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { Said } from "#components/ui/said.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
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
    <DataTable
      label={t("storyAsATable")}
      rows={rows}
      rowKey={({ line }) => line.seq}
      rowClassName="break-inside-avoid"
      order={order}
      columns={[
        {
          name: t("no"),
          align: "right",
          className: "text-muted max-sm:justify-start",
          cell: ({ line }) => line.seq,
        },
        { name: t("time"), by: "time", mono: true, cell: ({ line }) => <Clock at={line.at} /> },
        {
          name: t("phase"),
          className: "whitespace-nowrap text-muted",
          cell: ({ phase }) => phase && words(`phases.${phase}`),
        },
        { name: t("kind"), className: "text-muted", cell: ({ kind }) => t(`kinds.${kind}`) },
        {
          name: t("what"),
          className: "[overflow-wrap:anywhere]",
          cell: ({ line: { text, detail } }) => (
            <span>
              <Said>{text}</Said>
              {detail && (
                <span className="block text-muted text-xs">
                  <Said>{detail}</Said>
                </span>
              )}
            </span>
          ),
        },
        {
          name: t("host"),
          by: "host",
          className: "font-mono text-muted text-xs [overflow-wrap:anywhere] sm:min-w-24",
          cell: ({ line }) => line.host,
        },
        {
          name: t("outcome"),
          by: "outcome",
          cell: ({ line }) => line.attempt && <StateBadge state={line.attempt.status} />,
        },
        {
          name: t("took"),
          by: "took",
          align: "right",
          cell: ({ line }) => <Took line={line} />,
        },
      ]}
    />
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
