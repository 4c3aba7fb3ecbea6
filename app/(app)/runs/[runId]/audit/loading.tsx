import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton, TableSkeleton } from "#components/ui/skeleton.tsx";
import { useTranslations } from "#i18n";

export default function Loading() {
  const t = useTranslations("app");
  return (
    <Page>
      <PageHeader title={t("auditOfARun")} />
      <Skeleton className="h-16 w-full rounded-lg" />
      <TableSkeleton label={t("loadingTheAuditOfThe")} columns={4} rows={14} />
    </Page>
  );
}
