import { Download } from "lucide-react";
import { buttonStyle } from "#components/ui/button-style.ts";
import { cn } from "#components/ui/class-names.ts";
import { useTranslations } from "#i18n";
import type { Backup } from "#lib/domain/backup.ts";
import { fileName, filesOf } from "#lib/domain/backup-files.ts";

export interface DownloadLinksProps {
  runId: string;
  backup: Backup;
}

/** Each file of a dump, as a file; what is damaged does not arrive whole. */
export function DownloadLinks({ runId, backup }: DownloadLinksProps) {
  const t = useTranslations("backups");
  const files = filesOf(backup);
  return files.map((file, index) => (
    // Not a Link: it is a file, not a page.
    <a
      key={file.path}
      href={`/api/v1/runs/${runId}/backups/${encodeURIComponent(backup.key)}/files/${index}`}
      download
      aria-label={t("download", { fileName: fileName(file) })}
      className={cn(buttonStyle({ size: "sm" }), "print:hidden")}
    >
      <Download aria-hidden="true" />
      {t("downloadPart", { files: files.length, index: index + 1 })}
    </a>
  ));
}
