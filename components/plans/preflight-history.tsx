import { Verdict } from "#components/plans/verdict.tsx";
import { RelativeTime } from "#components/ui/clock.tsx";
import { Duration } from "#components/ui/duration.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useTranslations } from "#i18n";
import type { DeploymentId, PreflightId } from "#lib/domain/ids.ts";
import type { PreflightRow } from "#lib/services/preflights.ts";

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
    <Table label={t("preflightsOf", { name: deployment.name })}>
      <THead>
        <Th>{t("when")}</Th>
        <Th>{t("result")}</Th>
        <Th>{t("target")}</Th>
        <Th>{t("by")}</Th>
        <Th align="right">{t("took")}</Th>
      </THead>
      <TBody>
        {rows.map((row) => (
          <Tr key={row.id} selected={row.id === shown}>
            <Td>
              <TextLink href={`/deployments/${deployment.id}/preflight?show=${row.id}`}>
                <RelativeTime at={row.createdAt} />
              </TextLink>
            </Td>
            <Td label={t("result")}>
              <Verdict {...row} />
            </Td>
            <Td label={t("target")} mono>
              {row.version ?? "—"}
            </Td>
            <Td label={t("by")}>{row.createdBy}</Td>
            <Td label={t("took")} align="right">
              <Duration ms={row.tookMs} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}
