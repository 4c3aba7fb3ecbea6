import { OutageSpan, RunSpan } from "#components/history/run-spans.tsx";
import { stateOfRun } from "#components/home/run-words.ts";
import { Clock } from "#components/ui/clock.tsx";
import { states } from "#components/ui/states.ts";
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
  const { row, state, plans, names, printedBy, printedAt } = props;
  const hosts = plans[0]?.hosts ?? [];
  const facts = [
    ["Deployment", row.deploymentName],
    ["Versions", `${row.fromVersion} → ${row.toVersion}`],
    ["Outcome", states[stateOfRun(row)].word],
    ["Nodes", hosts.map(({ name, address }) => `${name} (${address})`).join(", ")],
    ["Started", <When key="s" at={row.createdAt} />],
    ["Ended", row.endedAt ? <When key="e" at={row.endedAt} /> : "not yet"],
    ["Duration", <RunSpan key="d" run={row} />],
    ["Outage", <OutageSpan key="o" run={row} />],
    ["Run", row.id],
    ...state.plans.map(
      ({ leg, planId, planHash, by }) =>
        [
          leg === "forward" ? "Reviewed plan" : "Reviewed way back",
          `${planId}, started by ${by.name}, SHA-256 ${planHash}`,
        ] as const,
    ),
  ] as const;
  return (
    <>
      <header>
        <p className="text-muted text-sm">Uplift, report of a run</p>
        <h1 className="font-semibold text-2xl [overflow-wrap:anywhere]">{row.deploymentName}</h1>
        <p className="text-muted text-xs">
          Made for {printedBy} on <When at={printedAt} />
        </p>
      </header>
      <ReportSection title="Summary">
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
      <ReportSection title="Moments">
        {momentsOf(state).length === 0 ? (
          <p className="text-sm">No container was stopped.</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">Moment</th>
                <th scope="col">Host</th>
                <th scope="col">Host’s clock</th>
                <th scope="col">Uplift’s clock</th>
                <th scope="col">Skew</th>
              </tr>
            </thead>
            <tbody>
              {momentsOf(state).map(({ mark, nodeId, hostTime, time, skewMs }) => (
                <tr key={mark}>
                  <td>{momentSentence(mark)}</td>
                  <td>{names.get(nodeId) ?? nodeId}</td>
                  <td>
                    <When at={hostTime} />
                  </td>
                  <td>
                    <When at={time} />
                  </td>
                  <td>{skewWords(skewMs)}</td>
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
