import { Clock } from "#components/ui/clock.tsx";
import { useFormat } from "#components/ui/use-format.ts";
import { useTranslations } from "#i18n";
import type { CommandLine } from "#lib/domain/run-story/commands-run.ts";
import type { Translator } from "#lib/i18n/types.ts";
import { ReportSection } from "./report-section.tsx";

/** Lines of an output that are printed: the end says how it came out, the log has it all. */
const lastLines = 12;

/** Every command as it was run, with the end of its output. */
export function ReportCommands({ commands }: { commands: readonly CommandLine[] }) {
  const format = useFormat();
  const t = useTranslations("report");
  return (
    <ReportSection title={t("commands")} newSheet>
      {commands.length === 0 ? (
        <p className="text-sm">{t("noCommandWasRun")}</p>
      ) : (
        <ol className="grid gap-3 text-xs">
          {commands.map((line) => (
            <li key={line.seq} className="grid break-inside-avoid gap-1 border-b pb-2">
              <p className="flex flex-wrap justify-between gap-x-4 text-muted">
                <span>
                  <Clock at={line.at} className="font-mono" /> {line.host}, {line.stepId}
                  {line.attempt > 1 && t("attempt", { number: line.attempt })}
                </span>
                <span>
                  {line.exitCode === null
                    ? t("noExitCodeCameBack")
                    : t("exit", { exitCode: line.exitCode })}
                  , {format.duration(line.durationMs)}
                </span>
              </p>
              <pre className="whitespace-pre-wrap font-mono [overflow-wrap:anywhere]">
                {line.command}
              </pre>
              {line.output.trim() !== "" && (
                <pre className="whitespace-pre-wrap border-l-2 pl-2 font-mono text-muted [overflow-wrap:anywhere]">
                  {endOf(line.output, t)}
                </pre>
              )}
            </li>
          ))}
        </ol>
      )}
    </ReportSection>
  );
}

function endOf(output: string, t: Translator<"report">): string {
  const lines = output.trimEnd().split("\n");
  const left = lines.length - lastLines;
  return left <= 0
    ? lines.join("\n")
    : `${t("earlierLines", { left })}\n${lines.slice(-lastLines).join("\n")}`;
}
