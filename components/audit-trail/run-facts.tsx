import type { ReactNode } from "react";
import { RunSpan } from "#components/history/run-spans.tsx";
import { PlanHash } from "#components/plans/plan-view.tsx";
import { Clock } from "#components/ui/clock.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { KeyValues } from "#components/ui/key-values.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useSaid, useTranslations } from "#i18n";
import type { MarkRecord, RunState } from "#lib/domain/run.ts";
import { skewWords } from "#lib/domain/run-story/moments.ts";
import type { RunRow } from "#lib/services/views.ts";

/** Who, when, from where to where, and for which reviewed plans. */
export function RunFacts({ row, state }: { row: RunRow; state: RunState }) {
  const t = useTranslations("audit-trail");
  const plans = state.plans.map(({ leg, planHash, by, startedAt }) => ({
    label:
      leg === "rollback"
        ? t("rollbackStartedBy")
        : state.purpose === "practice"
          ? t("practiceStartedBy")
          : t("upgradeStartedBy"),
    value: (
      <span className="grid">
        <span>
          {by.name}, <Clock at={startedAt} show="both" zone className="font-mono text-xs" />
        </span>
        <PlanHash hash={planHash} />
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
          ...plans,
          {
            label: t("ended"),
            value: row.endedAt && (
              <Clock at={row.endedAt} show="both" zone className="font-mono text-xs" />
            ),
          },
          { label: t("duration"), value: <RunSpan run={row} /> },
        ]}
      />
    </Panel>
  );
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
