import { Clock } from "#components/ui/clock.tsx";
import { Said } from "#components/ui/said.tsx";
import { useFormat } from "#components/ui/use-format.ts";
import { useSaid, useTranslations } from "#i18n";
import type { StepRow } from "#lib/domain/run-report/step-rows.ts";
import { ReportSection } from "./report-section.tsx";

/** Every step of each leg with its times and how it ended. */
export function ReportSteps({ rows }: { rows: readonly StepRow[] }) {
  const said = useSaid();
  const format = useFormat();
  const words = useTranslations("words");
  const t = useTranslations("report");
  return (["forward", "rollback"] as const).map((leg) => {
    const ofLeg = rows.filter((row) => row.leg === leg);
    if (ofLeg.length === 0) return null;
    return (
      <ReportSection key={leg} title={t(`legs.${leg}`)} newSheet>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("phase")}</th>
              <th scope="col">{t("step")}</th>
              <th scope="col">{t("started")}</th>
              <th scope="col">{t("took")}</th>
              <th scope="col">{t("outcome")}</th>
            </tr>
          </thead>
          <tbody>
            {ofLeg.map((row) => (
              <tr key={row.stepId}>
                <td>{said(row.phase)}</td>
                <td>
                  {said(row.title)}
                  {row.reason && (
                    <span className="block text-muted">
                      {row.by}: {row.reason}
                    </span>
                  )}
                  {row.error && (
                    <span className="block text-fail">
                      <Said>{row.error}</Said>
                    </span>
                  )}
                </td>
                <td className="whitespace-nowrap font-mono">
                  {row.startedAt ? <Clock at={row.startedAt} /> : "—"}
                </td>
                <td className="whitespace-nowrap">
                  {row.tookMs === null ? "—" : format.duration(row.tookMs)}
                </td>
                <td className="whitespace-nowrap">
                  {words(`states.${row.status}`)}
                  {row.attempts > 1 && t("attempt", { number: row.attempts })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ReportSection>
    );
  });
}
