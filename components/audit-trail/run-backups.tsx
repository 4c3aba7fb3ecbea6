import {
  DumpChecksums,
  DumpPaths,
  DumpSizes,
  HeldVersion,
  ProvenBadge,
} from "#components/backups/dump-files.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { useFormat } from "#components/ui/use-format.ts";
import { useTranslations } from "#i18n";
import type { Backup, DatabaseManifest } from "#lib/domain/backup.ts";

export interface RunBackupsProps {
  backups: readonly Backup[];
  /** Names of the nodes by id. */
  names: ReadonlyMap<string, string>;
}

/** The dumps of one run with what they hold. */
export function RunBackups({ backups, names }: RunBackupsProps) {
  const t = useTranslations("audit-trail");
  return (
    <DataTable
      label={t("backups")}
      rows={backups}
      rowKey={({ key }) => key}
      columns={[
        {
          name: t("database"),
          className: "min-w-28 font-medium font-mono text-xs [overflow-wrap:anywhere]",
          cell: (backup) => (
            <span>
              {backup.database}
              <HeldVersion backup={backup} />
            </span>
          ),
        },
        {
          name: t("nodeAndPath"),
          cell: (backup) => (
            <span className="grid min-w-0">
              <span className="font-mono text-muted text-xs">
                {names.get(backup.nodeId) ?? backup.nodeId}
              </span>
              <DumpPaths backup={backup} />
            </span>
          ),
        },
        { name: t("size"), align: "right", cell: (backup) => <DumpSizes backup={backup} /> },
        { name: "SHA-256", cell: (backup) => <DumpChecksums backup={backup} /> },
        {
          name: t("state"),
          className: "whitespace-nowrap",
          cell: (backup) => <ProvenBadge backup={backup} />,
        },
        {
          name: t("tables"),
          align: "right",
          cell: ({ manifest }) => (
            <Counted manifest={manifest} of={({ tables }) => tables.length} />
          ),
        },
        {
          name: t("rows"),
          align: "right",
          cell: ({ manifest }) => <Counted manifest={manifest} of={rowsOf} />,
        },
      ]}
    />
  );
}

function rowsOf(manifest: DatabaseManifest): number {
  return manifest.tables.reduce((sum, table) => sum + table.rows, 0);
}

interface CountedProps {
  manifest: DatabaseManifest | null;
  of: (manifest: DatabaseManifest) => number;
}

/** A number of the manifest; a dash before there is one. */
function Counted({ manifest, of }: CountedProps) {
  const format = useFormat();
  if (!manifest) return <span className="text-faint">—</span>;
  return format.number(of(manifest));
}
