import { CopyButton } from "#components/ui/copy-button.tsx";
import { useTranslations } from "#i18n";
import type { ActivityLine } from "#lib/domain/run-activity/activity.ts";
import type { Translator } from "#lib/i18n/types.ts";

/** Lines of an output that are printed: the end says how it came out, the log has it all. */
const lastLines = 12;

export interface CommandTextProps {
  command: NonNullable<ActivityLine["command"]>;
  stepId: string;
  /** Nothing is folded, and only the end of the output is there. */
  onPaper: boolean;
}

/** A command as it was run; what it said opens on demand. */
export function CommandText({ command: run, stepId, onPaper }: CommandTextProps) {
  const t = useTranslations("audit-trail");
  const { command, kind, attempt, output } = run;
  const about = (
    <span className="block text-faint text-xs">
      {kind === "job" ? t("job") : kind} · {stepId}
      {attempt > 1 && ` · ${t("attempt", { number: attempt })}`}
    </span>
  );
  if (onPaper) {
    return (
      <span className="grid min-w-0 flex-1">
        <code className="whitespace-pre-wrap font-mono text-xs [overflow-wrap:anywhere]">
          {command}
        </code>
        {about}
        {output.trim() !== "" && (
          <span className="mt-1 whitespace-pre-wrap border-l-2 pl-2 font-mono text-2xs text-muted [overflow-wrap:anywhere]">
            {endOf(output, t)}
          </span>
        )}
      </span>
    );
  }
  return (
    <details className="group/command min-w-0 flex-1">
      <summary className="rounded-sm hover:text-accent-text">
        <code className="font-mono text-xs [overflow-wrap:anywhere] group-open/command:whitespace-pre-wrap">
          {command}
        </code>
        {about}
      </summary>
      <div className="mt-1 flex items-start gap-1 rounded-md bg-sunken">
        <pre className="max-h-80 min-w-0 flex-1 overflow-auto whitespace-pre-wrap p-2 font-mono text-xs [overflow-wrap:anywhere] print:max-h-none">
          {output.trim() === "" ? t("noOutput") : output}
        </pre>
        <CopyButton text={command} label={t("copyCommand")} className="m-0.5" />
      </div>
    </details>
  );
}

function endOf(output: string, t: Translator<"audit-trail">): string {
  const lines = output.trimEnd().split("\n");
  const left = lines.length - lastLines;
  return left <= 0
    ? lines.join("\n")
    : `${t("earlierLines", { left })}\n${lines.slice(-lastLines).join("\n")}`;
}
