import { Badge } from "#components/ui/badge.tsx";
import { RelativeTime } from "#components/ui/clock.tsx";
import { Said } from "#components/ui/said.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useSaid, useTranslations } from "#i18n";
import { groupBy } from "#lib/domain/group-by.ts";
import type { BackupRow } from "#lib/services/views.ts";
import { type BackupRights, BackupTable } from "./backup-table.tsx";
import { DeleteButton } from "./delete-button.tsx";

export interface BackupListProps {
  rows: readonly BackupRow[];
  may: BackupRights;
}

/** The dumps of all runs, the newest run first: each run's are kept and deleted together. */
export function BackupList({ rows, may }: BackupListProps) {
  const t = useTranslations("backups");
  return (
    <ul aria-label={t("backupsByRun")} className="grid grid-cols-[minmax(0,1fr)] gap-6">
      {[...groupBy(rows, ({ runId }) => runId).values()].map((group) => {
        const [first] = group;
        return (
          first && (
            <li key={first.runId} className="grid grid-cols-[minmax(0,1fr)] gap-2">
              <RunHeader first={first} dumps={group.length} may={may} />
              <BackupTable rows={group} may={may} />
            </li>
          )
        );
      })}
    </ul>
  );
}

function RunHeader({ first, dumps, may }: { first: BackupRow; dumps: number; may: BackupRights }) {
  const said = useSaid();
  const t = useTranslations("backups");
  const { runId, deploymentId, deploymentName, createdAt, retention, deleted } = first;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="grid min-w-0 gap-0.5">
        <h2 className="flex flex-wrap items-baseline gap-x-2 gap-y-1.5 text-sm [overflow-wrap:anywhere]">
          <TextLink href={`/deployments/${deploymentId}`} className="font-semibold">
            {deploymentName}
          </TextLink>
          <TextLink href={`/runs/${runId}`} className="font-mono text-xs">
            {runId}
          </TextLink>
          {first.backup.live && <Badge>{t("practice")}</Badge>}
          <span className="text-muted text-xs">
            <RelativeTime at={createdAt} />
          </span>
        </h2>
        {retention && (
          <p className="flex flex-wrap items-center gap-x-2 text-muted text-xs">
            <StateBadge
              state={retention.keep === "no" ? "skipped" : "pass"}
              label={t(`keep.${retention.keep}`)}
            />
            <Said>{retention.why}</Said>
          </p>
        )}
        {deleted && (
          <p className="flex flex-wrap items-center gap-x-2 text-muted text-xs [overflow-wrap:anywhere]">
            <StateBadge state="skipped" label={t("deleted")} />
            <span>
              {t.rich("deletedBy", {
                relativetime: () => <RelativeTime at={deleted.at} />,
                name: deleted.by.name,
                reason: deleted.reason,
              })}
            </span>
          </p>
        )}
      </div>
      {may.remove && retention && (
        <DeleteButton
          runId={runId}
          deployment={deploymentName}
          dumps={dumps}
          needed={retention.keep === "needed" ? said(retention.why) : null}
        />
      )}
    </div>
  );
}
