import { StateBadge } from "#components/ui/state-badge.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
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
    <Table label={t("backupsOf", { runId: rows[0]?.runId ?? "" })}>
      <THead>
        <Th>{t("database")}</Th>
        <Th>{t("where")}</Th>
        <Th align="right">{t("size")}</Th>
        <Th>SHA-256</Th>
        <Th>{t("state")}</Th>
        <Th>{t("secondCopy")}</Th>
      </THead>
      <TBody>
        {rows.map(({ backup, ...row }) => (
          <Tr key={`${row.runId} ${backup.key}`}>
            <Td className="gap-2 font-medium font-mono text-xs [overflow-wrap:anywhere]">
              {backup.database}
              <HeldVersion backup={backup} />
            </Td>
            <Td label={t("where")}>
              <span className="grid min-w-0">
                <span className="font-mono text-muted text-xs">{row.nodeName}</span>
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
              <span className="grid gap-1.5">
                {row.deleted ? (
                  <StateBadge state="skipped" label={t("deleted")} />
                ) : row.check ? (
                  <CheckedBadge check={row.check} />
                ) : (
                  <ProvenBadge backup={backup} />
                )}
                {!row.deleted && (
                  <span className="flex flex-wrap items-start gap-1.5 xl:flex-nowrap">
                    {may.check && (
                      <CheckButton
                        runId={row.runId}
                        backup={backup.key}
                        database={backup.database}
                      />
                    )}
                    {may.download && <DownloadLinks runId={row.runId} backup={backup} />}
                  </span>
                )}
              </span>
            </Td>
            <Td label={t("secondCopy")}>
              {row.deleted ? (
                <span className="text-faint">{t("deletedWord")}</span>
              ) : (
                <SecondCopyCell copy={row.copy} database={backup.database} />
              )}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}
