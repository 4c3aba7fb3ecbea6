import { Flag, type LucideIcon, RotateCw, SquareTerminal, User } from "lucide-react";
import { cn } from "#components/ui/class-names.ts";
import { Clock } from "#components/ui/clock.tsx";
import { DataTable, type TableOrder } from "#components/ui/data-table.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { Said } from "#components/ui/said.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { StateGlyph } from "#components/ui/state-glyph.tsx";
import { type StateName, states, toneText } from "#components/ui/states.ts";
import { useTranslations } from "#i18n";
import type { ActivityLine, Attempt } from "#lib/domain/run-activity/activity.ts";
import { type ActivityKey, tookMs } from "#lib/domain/run-activity/activity-lines.ts";
import { CommandText } from "./command-text.tsx";

export interface ActivityTableProps {
  lines: readonly ActivityLine[];
  /** Without it they are for paper: not sorted, and nothing is folded. */
  order?: TableOrder<ActivityKey>;
}

/** On a narrow screen a line is what happened between when and how it ended; nothing needs its name there. */
const stacked = "max-sm:flex max-sm:flex-wrap max-sm:items-center";
const inline = "max-sm:before:hidden max-sm:pr-0";

/** What happened in a run, line by line: events in sentences, and commands. */
export function ActivityTable({ lines, order }: ActivityTableProps) {
  const words = useTranslations("words");
  const t = useTranslations("audit-trail");
  return (
    <DataTable
      label={t("activity")}
      rows={lines}
      rowKey={({ seq, kind }) => `${seq} ${kind}`}
      rowId={order && (({ seq }) => `event-${seq}`)}
      rowClassName={`break-inside-avoid *:align-top ${stacked}`}
      order={order}
      columns={[
        {
          name: t("no"),
          align: "right",
          className: "text-faint text-xs/5 max-sm:hidden",
          cell: ({ seq }) => seq,
        },
        {
          name: t("time"),
          by: "time",
          mono: true,
          className: inline,
          cell: ({ at }) => <Clock at={at} />,
        },
        {
          name: t("phase"),
          className: cn("whitespace-nowrap text-muted text-xs/5", inline),
          cell: ({ phase }) => phase && words(`phases.${phase}`),
        },
        {
          name: t("what"),
          className: "w-full max-w-0 max-sm:max-w-none max-sm:basis-full max-sm:before:hidden",
          cell: (line) => <What line={line} onPaper={order === undefined} />,
        },
        {
          name: t("host"),
          by: "host",
          className: cn(
            "font-mono text-muted text-xs/5 [overflow-wrap:anywhere] sm:min-w-24",
            inline,
          ),
          cell: ({ host }) => host,
        },
        {
          name: t("outcome"),
          by: "outcome",
          className: cn("whitespace-nowrap", inline),
          cell: (line) => <Outcome line={line} />,
        },
        {
          name: t("duration"),
          by: "took",
          align: "right",
          className: cn("text-xs/5", inline),
          cell: (line) => <Took ms={tookMs(line)} />,
        },
      ]}
    />
  );
}

/** What people, Uplift and the clock did stands out among the steps. */
const marks: Partial<Record<ActivityLine["kind"], LucideIcon>> = {
  person: User,
  moment: Flag,
  machine: RotateCw,
  command: SquareTerminal,
};

const glyphs: Partial<Record<ActivityLine["kind"], StateName>> = {
  trouble: "failed",
  pause: "paused",
  end: "succeeded",
};

function What({ line, onPaper }: { line: ActivityLine; onPaper: boolean }) {
  const t = useTranslations("audit-trail");
  const { kind, text, detail, command, stepId } = line;
  const strong = kind !== "step" && kind !== "machine";
  return (
    <span className="flex min-w-0 flex-1 items-start gap-2">
      <LineGlyph line={line} />
      {kind !== "step" && <span className="sr-only">{t(`kinds.${kind}`)}: </span>}
      {command ? (
        <CommandText {...{ command, onPaper }} stepId={stepId ?? ""} />
      ) : (
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <span className={strong ? "font-medium" : undefined}>
            <Said>{text}</Said>
          </span>
          {detail && (
            <span className="block text-muted text-xs">
              <Said>{detail}</Said>
            </span>
          )}
        </span>
      )}
    </span>
  );
}

function LineGlyph({ line: { kind, attempt } }: { line: ActivityLine }) {
  const Mark = marks[kind];
  if (Mark) {
    const ink = kind === "command" ? "text-faint" : "text-accent-text";
    return <Mark className={cn("mt-0.5 size-4 shrink-0", ink)} aria-hidden="true" />;
  }
  const state = attempt?.status ?? glyphs[kind] ?? "unknown";
  return (
    <StateGlyph
      state={state}
      className={cn("mt-0.5 size-4 shrink-0", toneText[states[state].tone])}
    />
  );
}

function Outcome({ line: { attempt, command } }: { line: ActivityLine }) {
  const t = useTranslations("audit-trail");
  if (attempt) {
    return (
      <span className="grid">
        <StateBadge state={attempt.status} />
        <AttemptWords attempt={attempt} />
      </span>
    );
  }
  if (!command) return null;
  const { exitCode } = command;
  if (exitCode === null) return <span className="text-warn text-xs/5">{t("noneCameBack")}</span>;
  return (
    <span className={cn("text-xs/5", exitCode === 0 ? "text-muted" : "font-medium text-fail")}>
      {t("exit", { exitCode })}
    </span>
  );
}

function AttemptWords({ attempt: { foundDone, number } }: { attempt: Attempt }) {
  const t = useTranslations("audit-trail");
  const words = [foundDone && t("foundDone"), number > 1 && t("attempt", { number })];
  if (!words.some(Boolean)) return null;
  return <span className="text-muted text-xs">{words.filter(Boolean).join(t("join"))}</span>;
}

function Took({ ms }: { ms: number | null }) {
  return ms !== null && <Duration ms={ms} />;
}
