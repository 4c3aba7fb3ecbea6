import { Clock } from "#components/ui/clock.tsx";
import { formatDuration } from "#components/ui/format.ts";
import type { CommandLine } from "#lib/domain/run-story/commands-run.ts";
import { ReportSection } from "./report-section.tsx";

/** Lines of an output that are printed: the end says how it came out, the log has it all. */
const lastLines = 12;

/** Every command as it was run, with the end of its output. */
export function ReportCommands({ commands }: { commands: readonly CommandLine[] }) {
  return (
    <ReportSection title="Commands" newSheet>
      {commands.length === 0 ? (
        <p className="text-sm">No command was run.</p>
      ) : (
        <ol className="grid gap-3 text-xs">
          {commands.map((line) => (
            <li key={line.seq} className="grid break-inside-avoid gap-1 border-b pb-2">
              <p className="flex flex-wrap justify-between gap-x-4 text-muted">
                <span>
                  <Clock at={line.at} className="font-mono" /> {line.host}, {line.stepId}
                  {line.attempt > 1 && `, attempt ${line.attempt}`}
                </span>
                <span>
                  {line.exitCode === null ? "no exit code came back" : `exit ${line.exitCode}`},{" "}
                  {formatDuration(line.durationMs)}
                </span>
              </p>
              <pre className="whitespace-pre-wrap font-mono [overflow-wrap:anywhere]">
                {line.command}
              </pre>
              {line.output.trim() !== "" && (
                <pre className="whitespace-pre-wrap border-l-2 pl-2 font-mono text-muted [overflow-wrap:anywhere]">
                  {endOf(line.output)}
                </pre>
              )}
            </li>
          ))}
        </ol>
      )}
    </ReportSection>
  );
}

function endOf(output: string): string {
  const lines = output.trimEnd().split("\n");
  const left = lines.length - lastLines;
  return left <= 0
    ? lines.join("\n")
    : `… ${left} earlier lines are in the log\n${lines.slice(-lastLines).join("\n")}`;
}
