import { DataTable } from "#components/ui/data-table.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { useTranslations } from "#i18n";
import type { BackupRow } from "#lib/services/views.ts";
import { CheckButton } from "./check-button.tsx";
import { DownloadLinks } from "./download-links.tsx";
import {
  CheckedBadge,
  DumpChecksums,
  DumpPaths,
  DumpSizes,
  HeldVersion,
  ProvenBadge,
} from "./dump-files.tsx";
import { SecondCopyCell } from "./second-copy.tsx";

export interface BackupTableProps {
  rows: readonly BackupRow[];
  may: BackupRights;
}

/** What this person may do with backups. */
export interface BackupRights {
  /** Have files read again. */
  check: boolean;
  download: boolean;
  remove: boolean;
}

/** The dumps of one run. */
export function BackupTable({ rows, may }: BackupTableProps) {
  const t = useTranslations("backups");
  return (
    <DataTable
      label={t("backupsOf", { runId: rows[0]?.runId ?? "" })}
      rows={rows}
      rowKey={({ runId, backup }) => `${runId} ${backup.key}`}
      columns={[
        {
          name: t("database"),
          className: "gap-2 font-medium font-mono text-xs [overflow-wrap:anywhere]",
          cell: ({ backup }) => (
            <>
              {backup.database}
              <HeldVersion backup={backup} />
            </>
          ),
        },
        {
          name: t("where"),
          cell: ({ nodeName, backup }) => (
            <span className="grid min-w-0">
              <span className="font-mono text-muted text-xs">{nodeName}</span>
              <DumpPaths backup={backup} />
            </span>
          ),
        },
        { name: t("size"), align: "right", cell: ({ backup }) => <DumpSizes backup={backup} /> },
        { name: "SHA-256", cell: ({ backup }) => <DumpChecksums backup={backup} /> },
        {
          name: t("state"),
          className: "whitespace-nowrap",
          cell: (row) => <BackupState {...{ row, may }} />,
        },
        {
          name: t("secondCopy"),
          cell: ({ deleted, copy, backup }) =>
            deleted ? (
              <span className="text-faint">{t("deletedWord")}</span>
            ) : (
              <SecondCopyCell copy={copy} database={backup.database} />
            ),
        },
      ]}
    />
  );
}

/** How the files are, and what this person may do with them. */
function BackupState({ row, may }: { row: BackupRow; may: BackupRights }) {
  const t = useTranslations("backups");
  const { runId, backup, check, deleted } = row;
  if (deleted) return <StateBadge state="skipped" label={t("deleted")} />;
  return (
    <span className="grid gap-1.5">
      {check ? <CheckedBadge check={check} /> : <ProvenBadge backup={backup} />}
      <span className="flex flex-wrap items-start gap-1.5 xl:flex-nowrap">
        {may.check && <CheckButton runId={runId} backup={backup.key} database={backup.database} />}
        {may.download && <DownloadLinks runId={runId} backup={backup} />}
      </span>
    </span>
  );
}
