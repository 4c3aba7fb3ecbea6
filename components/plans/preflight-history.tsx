import { Verdict } from "#components/plans/verdict.tsx";
import { RelativeTime } from "#components/ui/clock.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useTranslations } from "#i18n";
import type { DeploymentId, PreflightId } from "#lib/domain/ids.ts";
import type { PreflightRow } from "#lib/services/views.ts";

export interface PreflightHistoryProps {
  deployment: { id: DeploymentId; name: string };
  rows: readonly PreflightRow[];
  /** The one that is open. */
  shown: PreflightId;
}

/** Earlier preflights of a deployment, the newest first. */
export function PreflightHistory({ deployment, rows, shown }: PreflightHistoryProps) {
  const t = useTranslations("plans");
  return (
    <DataTable
      label={t("preflightsOf", { name: deployment.name })}
      rows={rows}
      rowKey={({ id }) => id}
      isSelected={({ id }) => id === shown}
      columns={[
        {
          name: t("when"),
          cell: ({ id, createdAt }) => (
            <TextLink href={`/deployments/${deployment.id}/preflight?show=${id}`}>
              <RelativeTime at={createdAt} />
            </TextLink>
          ),
        },
        { name: t("result"), cell: (row) => <Verdict {...row} /> },
        { name: t("target"), mono: true, cell: ({ version }) => version ?? "—" },
        { name: t("by"), cell: ({ createdBy }) => createdBy },
        { name: t("took"), align: "right", cell: ({ tookMs }) => <Duration ms={tookMs} /> },
      ]}
    />
  );
}
