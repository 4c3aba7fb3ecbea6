import { Clock } from "#components/ui/clock.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { SortTh, type TableOrder } from "#components/ui/sort-th.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
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
    <Table label={t("commands")}>
      <THead>
        <SortTh by="time" order={order}>
          {t("time")}
        </SortTh>
        <SortTh by="host" order={order}>
          {t("host")}
        </SortTh>
        <Th>{t("commandAndOutput")}</Th>
        <SortTh by="exit" order={order} align="right">
          {t("exit")}
        </SortTh>
        <SortTh by="duration" order={order} align="right">
          {t("duration")}
        </SortTh>
      </THead>
      <TBody>
        {commands.map((line) => (
          <Tr
            key={line.seq}
            {...(order && { id: `event-${line.seq}` })}
            className="break-inside-avoid"
          >
            <Td className="align-top" mono>
              <Clock at={line.at} />
            </Td>
            <Td label={t("host")} mono className="align-top">
              {line.host}
            </Td>
            <Td className="w-full max-w-0 max-sm:max-w-none">
              <CommandText line={line} />
            </Td>
            <Td label={t("exit")} align="right" className="align-top">
              <ExitCode line={line} />
            </Td>
            <Td label={t("duration")} align="right" className="align-top">
              <Duration ms={line.durationMs} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
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
