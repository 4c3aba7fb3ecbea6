import { useFormat } from "#components/ui/use-format.ts";
import { useTranslations } from "#i18n";

/** A size in MiB; the bytes on hover. */
export function FileSize({ bytes, className }: { bytes: number; className?: string }) {
  const t = useTranslations("ui");
  return (
    <data
      value={bytes}
      title={t("bytes", { bytes })}
      className={`whitespace-nowrap ${className ?? ""}`}
    >
      {useFormat().mib(bytes)}
    </data>
  );
}
