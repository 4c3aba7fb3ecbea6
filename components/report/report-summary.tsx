import { OutageSpan, RunSpan } from "#components/history/run-spans.tsx";
import { RunTitle } from "#components/home/run-title.tsx";
import { stateOfRun } from "#components/home/run-words.ts";
import { Clock } from "#components/ui/clock.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { momentSentence, momentsOf, skewWords } from "#lib/domain/run-story/moments.ts";
import type { HostNames } from "#lib/domain/run-view/step-words.ts";
import type { RunRow } from "#lib/services/views.ts";
import { ReportSection } from "./report-section.tsx";

export interface ReportSummaryProps {
  row: RunRow;
  state: RunState;
  plans: readonly Plan[];
  names: HostNames;
  printedBy: string;
  /** ms since the epoch */
  printedAt: number;
}

/** What was done to what, when, by whom, and how it came out. */
export function ReportSummary(props: ReportSummaryProps) {
  const said = useSaid();
  const words = useTranslations("words");
  const t = useTranslations("report");
  const { row, state, plans, names, printedBy, printedAt } = props;
  const hosts = plans[0]?.hosts ?? [];
  const facts = [
    [t("deployment"), row.deploymentName],
    [t("versions"), <RunTitle key="v" run={row} />],
    [t("outcome"), words(`states.${stateOfRun(row)}`)],
    [t("nodes"), hosts.map(({ name, address }) => `${name} (${address})`).join(", ")],
    [t("started"), <When key="s" at={row.createdAt} />],
    [t("ended"), row.endedAt ? <When key="e" at={row.endedAt} /> : t("notYet")],
    [t("duration"), <RunSpan key="d" run={row} />],
    [t("outage"), <OutageSpan key="o" run={row} />],
    [t("run"), row.id],
    ...state.plans.map(
      ({ leg, planId, planHash, by }) =>
        [
          leg === "forward" ? t("reviewedPlan") : t("reviewedWayBack"),
          t("planFacts", { planId, name: by.name, planHash }),
        ] as const,
    ),
  ] as const;
  return (
    <>
      <header>
        <p className="text-muted text-sm">{t("upliftReportOfARun")}</p>
        <h1 className="font-semibold text-2xl [overflow-wrap:anywhere]">{row.deploymentName}</h1>
        <p className="text-muted text-xs">
          {t.rich("madeFor", { printedBy, when: () => <When at={printedAt} /> })}
        </p>
      </header>
      <ReportSection title={t("summary")}>
        <table>
          <tbody>
            {facts.map(([label, value]) => (
              <tr key={label}>
                <th scope="row" className="w-40">
                  {label}
                </th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ReportSection>
      <ReportSection title={t("moments")}>
        {momentsOf(state).length === 0 ? (
          <p className="text-sm">{t("noContainerWasStopped")}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">{t("moment")}</th>
                <th scope="col">{t("host")}</th>
                <th scope="col">{t("hostsClock")}</th>
                <th scope="col">{t("upliftsClock")}</th>
                <th scope="col">{t("skew")}</th>
              </tr>
            </thead>
            <tbody>
              {momentsOf(state).map(({ mark, nodeId, hostTime, time, skewMs }) => (
                <tr key={mark}>
                  <td className="min-w-48">{said(momentSentence(mark))}</td>
                  <td>{names.get(nodeId) ?? nodeId}</td>
                  <td>
                    <When at={hostTime} />
                  </td>
                  <td>
                    <When at={time} />
                  </td>
                  <td>{said(skewWords(skewMs))}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </ReportSection>
    </>
  );
}

/** A moment with its zone: paper has no hover. */
function When({ at }: { at: string | number }) {
  return <Clock at={at} show="both" zone className="font-mono" />;
}
