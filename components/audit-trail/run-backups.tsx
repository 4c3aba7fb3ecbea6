import {
  DumpChecksums,
  DumpPaths,
  DumpSizes,
  HeldVersion,
  ProvenBadge,
} from "#components/backups/dump-files.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
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
    <Table label={t("backups")}>
      <THead>
        <Th>{t("database")}</Th>
        <Th>{t("nodeAndPath")}</Th>
        <Th align="right">{t("size")}</Th>
        <Th>SHA-256</Th>
        <Th>{t("state")}</Th>
        <Th align="right">{t("tables")}</Th>
        <Th align="right">{t("rows")}</Th>
      </THead>
      <TBody>
        {backups.map((backup) => (
          <Tr key={backup.key}>
            <Td className="font-medium font-mono text-xs [overflow-wrap:anywhere]">
              {backup.database}
              <HeldVersion backup={backup} />
            </Td>
            <Td label={t("where")}>
              <span className="grid min-w-0">
                <span className="font-mono text-muted text-xs">
                  {names.get(backup.nodeId) ?? backup.nodeId}
                </span>
                <DumpPaths backup={backup} />
              </span>
            </Td>
            <Td label={t("size")} align="right">
              <DumpSizes backup={backup} />
            </Td>
            <Td label={"SHA-256"}>
              <DumpChecksums backup={backup} />
            </Td>
            <Td label={t("state")} className="whitespace-nowrap">
              <ProvenBadge backup={backup} />
            </Td>
            <Td label={t("tables")} align="right">
              <Counted manifest={backup.manifest} of={(manifest) => manifest.tables.length} />
            </Td>
            <Td label={t("rows")} align="right">
              <Counted manifest={backup.manifest} of={rowsOf} />
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
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
