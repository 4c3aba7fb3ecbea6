import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { TableSkeleton } from "#components/ui/skeleton.tsx";
import { useTranslations } from "#i18n";

export default function Loading() {
  const t = useTranslations("app");
  return (
    <Page>
      <PageHeader title={t("backups")} />
      <TableSkeleton label={t("loadingTheBackups")} columns={6} rows={10} />
    </Page>
  );
}
