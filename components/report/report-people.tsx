import { Clock } from "#components/ui/clock.tsx";
import { Said } from "#components/ui/said.tsx";
import { useTranslations } from "#i18n";
import type { StoryLine } from "#lib/domain/run-story/story.ts";
import { ReportSection } from "./report-section.tsx";

/** What people decided and what went wrong; the steps have a table of their own. */
const told: readonly StoryLine["kind"][] = ["person", "trouble", "pause", "machine", "end"];

/** Starts, approvals, reasons and troubles, in order. */
export function ReportPeople({ lines }: { lines: readonly StoryLine[] }) {
  const t = useTranslations("report");
  return (
    <ReportSection title={t("decisionsApprovalsAndTroubles")}>
      <table>
        <tbody>
          {lines
            .filter(({ kind }) => told.includes(kind))
            .map((line) => (
              <tr key={line.seq}>
                <td className="w-28 whitespace-nowrap">
                  <Clock at={line.at} className="font-mono" />
                </td>
                <td>
                  <Said>{line.text}</Said>
                  {line.host && ` ${line.host}`}
                  {line.detail && (
                    <span className="block text-muted">
                      <Said>{line.detail}</Said>
                    </span>
                  )}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </ReportSection>
  );
}
