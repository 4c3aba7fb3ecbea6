import { FileSize } from "#components/ui/file-size.tsx";
import { useTranslations } from "#i18n";
import type { Backup } from "#lib/domain/backup.ts";
import type { HostNames } from "#lib/domain/run-view/step-words.ts";
import { ReportSection } from "./report-section.tsx";

export interface ReportBackupsProps {
  backups: readonly Backup[];
  names: HostNames;
}

/** Every dump with where it is, its size and its checksums. */
export function ReportBackups({ backups, names }: ReportBackupsProps) {
  const t = useTranslations("report");
  return (
    <ReportSection title={t("backups")}>
      {backups.length === 0 ? (
        <p className="text-sm">{t("noDatabaseWasDumpedIn")}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t("database")}</th>
              <th scope="col">{t("nodeFileAndSha256")}</th>
              <th scope="col">{t("size")}</th>
              <th scope="col">{t("state")}</th>
            </tr>
          </thead>
          <tbody>
            {backups.map((backup) => (
              <tr key={backup.key}>
                <td>{backup.database}</td>
                <td className="font-mono">
                  {[backup.data, backup.objects].map(
                    (file) =>
                      file && (
                        <span key={file.path} className="block">
                          {names.get(backup.nodeId) ?? backup.nodeId}:{file.path}
                          <span className="block text-muted">{file.sha256}</span>
                        </span>
                      ),
                  )}
                </td>
                <td className="whitespace-nowrap">
                  <FileSize bytes={backup.data.bytes + (backup.objects?.bytes ?? 0)} />
                </td>
                <td>{backup.proven ? t("proven") : t("notProven")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </ReportSection>
  );
}
