import { Disclosure } from "#components/ui/disclosure.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { KeyValues } from "#components/ui/key-values.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { evidenceWords, placeWords } from "#lib/domain/init-decision.ts";
import { standingOn } from "#lib/domain/leave-out/words.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { intervalOf, linkRows, needsCacheCleared } from "#lib/domain/run-view/after-the-run.ts";
import { outageOf } from "#lib/domain/run-view/outage.ts";
import { ChangesPanel } from "./changes-panel.tsx";

export interface ResultPanelProps {
  run: RunState;
  plan: Plan;
}

const headlines = {
  succeeded: (plan: Plan) => `OMS ${plan.toVersion} serves.`,
  "rolled-back": (plan: Plan) => `OMS ${plan.fromVersion} serves again.`,
  abandoned: () => "The run was abandoned where it stood.",
};

/** What came of it, what is left to do by hand, and where the proof is. */
export function ResultPanel({ run, plan }: ResultPanelProps) {
  const { status } = run;
  if (status !== "succeeded" && status !== "rolled-back" && status !== "abandoned") return null;
  const outage = outageOf(run);
  const interval = intervalOf(run);
  const proven = run.backups.filter((backup) => backup.proven).length;
  const { T1, T2 } = run.marks;
  const served = status !== "abandoned";
  return (
    <section
      aria-label="Result"
      className="grid grid-cols-[minmax(0,1fr)] gap-4 rounded-lg border bg-raised px-4 py-3"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h2 className="font-semibold text-base">{headlines[status](plan)}</h2>
        <div className="flex flex-wrap gap-2">
          <LinkButton href={`/runs/${run.runId}/audit`}>Read the audit</LinkButton>
          <LinkButton href={`/runs/${run.runId}/audit#backups`}>Backups</LinkButton>
        </div>
      </div>
      <KeyValues
        items={[
          ...(T1 && T2 && run.leg === "rollback"
            ? [
                {
                  label: "Outage of the upgrade",
                  value: <Duration ms={Date.parse(T2.time) - Date.parse(T1.time)} />,
                },
              ]
            : []),
          {
            label: run.leg === "rollback" && T2 ? "Outage of the rollback" : "Outage",
            value: outage?.until ? (
              <Duration ms={Date.parse(outage.until) - Date.parse(outage.since)} />
            ) : outage ? (
              "not over: no step has brought OMS back"
            ) : (
              "none"
            ),
          },
          {
            label: "Backups",
            value:
              run.backups.length === 0
                ? "none were taken"
                : `${proven} of ${run.backups.length} proven; kept on the nodes`,
          },
          ...plan.initialisation.flatMap((decision) =>
            decision.overruledBecause === null
              ? []
              : [
                  {
                    label: "docker_init.sh",
                    value: `In ${decision.region} ${placeWords(decision)}, by overrule. ${evidenceWords(decision)} Reason: ${decision.overruledBecause}`,
                  },
                ],
          ),
          ...plan.hosts.flatMap(({ nodeId, name }) => {
            const out = run.leftOut[nodeId];
            if (!out) return [];
            const said = [
              `Left out by ${out.by.name}: ${out.reason}`,
              ...standingOn(plan, run, nodeId),
            ];
            return [{ label: name, value: said.join(" ") }];
          }),
          ...(interval
            ? [
                {
                  label: "HA",
                  value:
                    interval.minutes === null
                      ? interval.arithmetic
                      : `refetchStoreIntervalMin ${interval.minutes}: ${interval.arithmetic}`,
                },
              ]
            : []),
        ]}
      />
      {served && status === "succeeded" && needsCacheCleared(plan.toVersion) && (
        <Notice tone="warn" title="Tell the users of OMS to clear their browser’s cache">
          Browsers keep files of the old console and show pages that do not work.
        </Notice>
      )}
      <ChangesPanel plan={plan} run={run} />
      {served && <LinksTable />}
    </section>
  );
}

/** What became of the links, so that nobody has to look it up at this hour. */
function LinksTable() {
  return (
    <Disclosure
      summary="What happens to running links, and which ones need a hand"
      aside={`${linkRows.filter(({ byHand }) => byHand).length} by hand`}
    >
      <Table label="Links after the run">
        <THead>
          <Th>Link</Th>
          <Th>While HA was off</Th>
          <Th>Now that HA is on</Th>
        </THead>
        <TBody>
          {linkRows.map(({ link, before, haOff, haOn, byHand }) => (
            <Tr key={`${link} ${before}`}>
              <Td>
                {link}, {before} before
              </Td>
              <Td label="HA off">{haOff}</Td>
              <Td label="HA on" className={byHand ? "font-medium" : ""}>
                {haOn}
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
    </Disclosure>
  );
}
