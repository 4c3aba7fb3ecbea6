import type { ReactNode } from "react";
import { OutageSpan, RunSpan } from "#components/history/run-spans.tsx";
import { RunTitle } from "#components/home/run-title.tsx";
import { stateOfRun } from "#components/home/run-words.ts";
import { PlanHash } from "#components/plans/plan-view.tsx";
import { Clock } from "#components/ui/clock.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { KeyValues } from "#components/ui/key-values.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { Plan } from "#lib/domain/plan.ts";
import type { MarkRecord, RunState } from "#lib/domain/run.ts";
import { skewWords } from "#lib/domain/run-activity/moments.ts";
import type { RunRow } from "#lib/services/views.ts";

export interface RunFactsProps {
  row: RunRow;
  state: RunState;
  hosts: Plan["hosts"];
}

/** Who, when, from where to where, on which nodes, how it came out, and for which reviewed plans. */
export function RunFacts({ row, state, hosts }: RunFactsProps) {
  const t = useTranslations("audit-trail");
  const plans = state.plans.map(({ leg, planId, planHash, by, startedAt }) => ({
    label:
      leg === "rollback"
        ? t("rollbackStartedBy")
        : state.purpose === "practice"
          ? t("practiceStartedBy")
          : t("upgradeStartedBy"),
    value: (
      <span className="grid">
        <span>
          {by.name}, <When at={startedAt} />
        </span>
        <span className="flex flex-wrap items-center gap-x-2">
          <span className="font-mono text-muted text-xs">{planId}</span>
          <PlanHash hash={planHash} />
        </span>
      </span>
    ) as ReactNode,
  }));
  return (
    <Panel>
      <KeyValues
        look="columns"
        items={[
          {
            label: t("deployment"),
            value: (
              <TextLink href={`/deployments/${row.deploymentId}`}>{row.deploymentName}</TextLink>
            ),
          },
          { label: t("run"), value: row.id, mono: true },
          { label: t("versions"), value: <RunTitle run={row} />, mono: true },
          { label: t("outcome"), value: <StateBadge state={stateOfRun(row)} /> },
          ...plans,
          { label: t("ended"), value: row.endedAt && <When at={row.endedAt} /> },
          { label: t("outage"), value: <OutageSpan run={row} /> },
          { label: t("duration"), value: <RunSpan run={row} /> },
          {
            label: t("nodes"),
            value: hosts.map(({ name, address }) => `${name} (${address})`).join(t("join")),
          },
        ]}
      />
    </Panel>
  );
}

/** A moment with its zone: paper has no hover. */
function When({ at }: { at: string }) {
  return <Clock at={at} show="both" zone className="font-mono text-xs" />;
}

export interface MomentTableProps {
  moments: readonly MarkRecord[];
  names: ReadonlyMap<string, string>;
}

/** The vendor's moments as the host's clock and this product's had them. */
export function MomentTable({ moments, names }: MomentTableProps) {
  const words = useTranslations("words");
  const said = useSaid();
  const t = useTranslations("audit-trail");
  return (
    <DataTable
      label={t("moments")}
      rows={moments}
      rowKey={({ mark }) => mark}
      columns={[
        {
          name: t("moment"),
          cell: ({ mark }) => (
            <span>
              <span className="font-medium">{words(`moments.${mark}`)}</span>{" "}
              <span className="text-muted">{t(`meanings.${mark}`)}</span>
            </span>
          ),
        },
        { name: t("host"), mono: true, cell: ({ nodeId }) => names.get(nodeId) ?? nodeId },
        {
          name: t("hostsClock"),
          mono: true,
          cell: ({ hostTime }) => <Clock at={hostTime} show="both" zone />,
        },
        {
          name: t("upliftsClock"),
          mono: true,
          cell: ({ time }) => <Clock at={time} show="both" zone />,
        },
        {
          name: t("hostsSkew"),
          align: "right",
          cell: ({ skewMs }) => said(skewWords(skewMs)),
        },
      ]}
    />
  );
}
