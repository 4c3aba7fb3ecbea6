import { DataTable } from "#components/ui/data-table.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { KeyValues } from "#components/ui/key-values.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useSaid, useTranslations } from "#i18n";
import { evidenceWords, placeWords } from "#lib/domain/init-words.ts";
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

/** What came of it, what is left to do by hand, and where the proof is. */
export function ResultPanel({ run, plan }: ResultPanelProps) {
  const said = useSaid();
  const t = useTranslations("runs");
  const { status } = run;
  if (status !== "succeeded" && status !== "rolled-back" && status !== "abandoned") return null;
  const outage = outageOf(run);
  const interval = intervalOf(run);
  const proven = run.backups.filter((backup) => backup.proven).length;
  const { T1, T2 } = run.marks;
  const practice = run.purpose === "practice";
  const served = status !== "abandoned" && !practice;
  return (
    <section
      aria-label={t("result")}
      className="grid grid-cols-[minmax(0,1fr)] gap-4 rounded-lg border bg-raised px-4 py-3"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h2 className="font-semibold text-base">
          {practice && status === "succeeded"
            ? t("headlines.practised")
            : t(`headlines.${status}`, { from: plan.fromVersion, to: plan.toVersion })}
        </h2>
        <div className="flex flex-wrap gap-2">
          <LinkButton href={`/runs/${run.runId}/audit`}>{t("readTheAudit")}</LinkButton>
          <LinkButton href={`/runs/${run.runId}/audit#backups`}>{t("backups")}</LinkButton>
        </div>
      </div>
      <KeyValues
        items={[
          ...(T1 && T2 && run.leg === "rollback"
            ? [
                {
                  label: t("outageOfTheUpgrade"),
                  value: <Duration ms={Date.parse(T2.time) - Date.parse(T1.time)} />,
                },
              ]
            : []),
          {
            label: run.leg === "rollback" && T2 ? t("outageOfTheRollback") : t("outage"),
            value: outage?.until ? (
              <Duration ms={Date.parse(outage.until) - Date.parse(outage.since)} />
            ) : outage ? (
              t("outageNotOver")
            ) : (
              t("none")
            ),
          },
          {
            label: t("backups"),
            value: t("backupsKept", { proven, all: run.backups.length }),
          },
          ...plan.initialisation.flatMap((decision) =>
            decision.overruledBecause === null
              ? []
              : [
                  {
                    label: "docker_init.sh",
                    value: t("overruled", {
                      region: decision.region,
                      place: said(placeWords(decision)),
                      evidence: said(evidenceWords(decision)),
                      reason: decision.overruledBecause,
                    }),
                  },
                ],
          ),
          ...plan.hosts.flatMap(({ nodeId, name }) => {
            const out = run.leftOut[nodeId];
            if (!out) return [];
            const sentences = [
              t("leftOutBy", { name: out.by.name, reason: out.reason }),
              ...standingOn(plan, run, nodeId).map(said),
            ];
            return [{ label: name, value: sentences.join(t("sentenceJoin")) }];
          }),
          ...(interval
            ? [
                {
                  label: "HA",
                  value:
                    interval.minutes === null
                      ? said(interval.arithmetic)
                      : `refetchStoreIntervalMin ${interval.minutes}: ${said(interval.arithmetic)}`,
                },
              ]
            : []),
        ]}
      />
      {served && status === "succeeded" && needsCacheCleared(plan.toVersion) && (
        <Notice tone="warn" title={t("clearCache")}>
          {t("clearCacheWhy")}
        </Notice>
      )}
      <ChangesPanel plan={plan} run={run} />
      {served && <LinksTable />}
    </section>
  );
}

/** What became of the links, so that nobody has to look it up at this hour. */
function LinksTable() {
  const said = useSaid();
  const t = useTranslations("runs");
  return (
    <Disclosure
      summary={t("whatHappensToLinks")}
      aside={t("byHand", { count: linkRows.filter(({ byHand }) => byHand).length })}
    >
      <DataTable
        label={t("linksAfterTheRun")}
        rows={linkRows}
        rowKey={({ link, before }) => `${link} ${before}`}
        columns={[
          {
            name: t("link"),
            cell: ({ link, before }) => t("linkBefore", { link: said(link), before: said(before) }),
          },
          { name: t("whileHaWasOff"), cell: ({ haOff }) => said(haOff) },
          {
            name: t("nowThatHaIsOn"),
            cell: ({ haOn, byHand }) => (
              <span className={byHand ? "font-medium" : undefined}>{said(haOn)}</span>
            ),
          },
        ]}
      />
    </Disclosure>
  );
}
