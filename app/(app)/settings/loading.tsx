import { TableSkeleton } from "#components/ui/skeleton.tsx";
import { useTranslations } from "#i18n";

export default function Loading() {
  const t = useTranslations("app");
  return <TableSkeleton label={t("loading")} columns={4} rows={3} />;
}
