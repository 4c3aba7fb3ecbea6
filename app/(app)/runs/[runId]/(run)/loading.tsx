import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useTranslations } from "#i18n";

export default function Loading() {
  const t = useTranslations("app");
  return (
    <Page width="full">
      <PageHeader title={t("run")} />
      <div role="status" aria-label={t("loadingTheRun")} className="grid gap-3">
        <Skeleton className="h-24 w-full rounded-lg" />
        <Skeleton className="h-11 w-full rounded-lg" />
        <div className="grid gap-3 lg:grid-cols-[15rem_minmax(0,1fr)]">
          <Skeleton className="h-80 w-full rounded-lg" />
          <div className="grid gap-3">
            <Skeleton className="h-48 w-full rounded-lg" />
            <Skeleton className="h-96 w-full rounded-lg" />
          </div>
        </div>
      </div>
    </Page>
  );
}
