import { Clock } from "#components/ui/clock.tsx";
import { formatDuration } from "#components/ui/format.ts";
import { states } from "#components/ui/states.ts";
import type { StepRow } from "#lib/domain/run-report/step-rows.ts";
import { ReportSection } from "./report-section.tsx";

const legs = { forward: "Steps of the upgrade", rollback: "Steps of the rollback" } as const;

/** Every step of each leg with its times and how it ended. */
export function ReportSteps({ rows }: { rows: readonly StepRow[] }) {
  return (["forward", "rollback"] as const).map((leg) => {
    const ofLeg = rows.filter((row) => row.leg === leg);
    if (ofLeg.length === 0) return null;
    return (
      <ReportSection key={leg} title={legs[leg]} newSheet>
        <table>
          <thead>
            <tr>
              <th scope="col">Phase</th>
              <th scope="col">Step</th>
              <th scope="col">Started</th>
              <th scope="col">Took</th>
              <th scope="col">Outcome</th>
            </tr>
          </thead>
          <tbody>
            {ofLeg.map((row) => (
              <tr key={row.stepId}>
                <td>{row.phase}</td>
                <td>
                  {row.title}
                  {row.reason && (
                    <span className="block text-muted">
                      {row.by}: {row.reason}
                    </span>
                  )}
                  {row.error && <span className="block text-fail">{row.error}</span>}
                </td>
                <td className="whitespace-nowrap font-mono">
                  {row.startedAt ? <Clock at={row.startedAt} /> : "—"}
                </td>
                <td className="whitespace-nowrap">
                  {row.tookMs === null ? "—" : formatDuration(row.tookMs)}
                </td>
                <td className="whitespace-nowrap">
                  {states[row.status].word}
                  {row.attempts > 1 && `, attempt ${row.attempts}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ReportSection>
    );
  });
}
