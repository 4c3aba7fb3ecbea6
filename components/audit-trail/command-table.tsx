import { Clock } from "#components/ui/clock.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { DataTable, type TableOrder } from "#components/ui/data-table.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { useTranslations } from "#i18n";
import type { CommandLine } from "#lib/domain/run-story/commands-run.ts";
import type { CommandKey } from "#lib/domain/run-story/sort-trail.ts";

export interface CommandTableProps {
  commands: readonly CommandLine[];
  /** Without it they are for paper: not sorted, and nothing points at them. */
  order?: TableOrder<CommandKey>;
}

/** Commands with where, when and how they ended; the last lines of each open on demand. */
export function CommandTable({ commands, order }: CommandTableProps) {
  const t = useTranslations("audit-trail");
  return (
    <DataTable
      label={t("commands")}
      rows={commands}
      rowKey={({ seq }) => seq}
      rowId={order && (({ seq }) => `event-${seq}`)}
      rowClassName="break-inside-avoid *:align-top"
      order={order}
      columns={[
        { name: t("time"), by: "time", mono: true, cell: ({ at }) => <Clock at={at} /> },
        { name: t("host"), by: "host", mono: true, cell: ({ host }) => host },
        {
          name: t("commandAndOutput"),
          className: "w-full max-w-0 max-sm:max-w-none max-sm:before:hidden",
          cell: (line) => <CommandText line={line} />,
        },
        {
          name: t("exit"),
          by: "exit",
          align: "right",
          cell: (line) => <ExitCode line={line} />,
        },
        {
          name: t("duration"),
          by: "duration",
          align: "right",
          cell: ({ durationMs }) => <Duration ms={durationMs} />,
        },
      ]}
    />
  );
}

function CommandText({ line }: { line: CommandLine }) {
  const t = useTranslations("audit-trail");
  return (
    <details className="group/command min-w-0 flex-1">
      <summary className="rounded-sm hover:text-accent-text">
        <code className="font-mono text-xs [overflow-wrap:anywhere] group-open/command:whitespace-pre-wrap">
          {line.command}
        </code>
        <span className="block pl-4 text-faint text-xs">
          {line.kind === "job" ? t("job") : line.kind} · {line.stepId}
          {line.attempt > 1 && ` · ${t("attempt", { number: line.attempt })}`}
        </span>
      </summary>
      <div className="mt-1 flex items-start gap-1 rounded-md bg-sunken">
        <pre className="max-h-80 min-w-0 flex-1 overflow-auto whitespace-pre-wrap p-2 font-mono text-xs [overflow-wrap:anywhere] print:max-h-none">
          {line.output.trim() === "" ? t("noOutput") : line.output}
        </pre>
        <CopyButton text={line.command} label={t("copyCommand")} className="m-0.5 print:hidden" />
      </div>
    </details>
  );
}

function ExitCode({ line: { exitCode } }: { line: CommandLine }) {
  const t = useTranslations("audit-trail");
  if (exitCode === null) return <span className="text-warn">{t("noneCameBack")}</span>;
  return (
    <span className={exitCode === 0 ? "text-muted" : "font-medium text-fail"}>{exitCode}</span>
  );
}
