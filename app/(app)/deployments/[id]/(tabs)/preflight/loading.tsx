import { Skeleton, TableSkeleton } from "#components/ui/skeleton.tsx";
import { useTranslations } from "#i18n";

export default function Loading() {
  const t = useTranslations("app");
  return (
    <>
      <Skeleton className="h-16 w-full rounded-lg" />
      <TableSkeleton label={t("loading")} columns={5} rows={5} />
    </>
  );
}
