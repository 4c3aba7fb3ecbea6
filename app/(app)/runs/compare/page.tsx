import { CompareSummary } from "#components/compare/compare-summary.tsx";
import { CompareTable } from "#components/compare/compare-table.tsx";
import { orNotFound } from "#components/deployments/page-params.ts";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader, Section } from "#components/ui/page-header.tsx";
import type { SearchParams } from "#components/ui/search-params.ts";
import { useTranslations } from "#i18n";
import { requireActor } from "#lib/actions/session.ts";
import { RunId } from "#lib/domain/ids.ts";
import { compareRuns } from "#lib/domain/run-compare/compare-runs.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { getRun } from "#lib/services/runs.ts";

export const generateMetadata = pageTitle("twoRunsCompared");

/** Two runs side by side: `?run=run_…&run=run_…`, the earlier one first whatever the order. */
export default async function ComparePage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const wanted = [(await searchParams).run ?? []].flat().flatMap((text) => {
    const parsed = RunId.safeParse(text);
    return parsed.success ? [parsed.data] : [];
  });
  const [one, two] = [...new Set(wanted)];
  if (!one || !two) return <ChooseTwo />;
  const views = await Promise.all([orNotFound(getRun(actor, one)), orNotFound(getRun(actor, two))]);
  const [a, b] = views.toSorted((x, y) => x.row.createdAt.localeCompare(y.row.createdAt));
  if (!a || !b) return <ChooseTwo />;
  const comparison = compareRuns(a, b);
  return (
    <Page>
      <PageCrumbs items={[{ label: t("twoRunsCompared") }]} />
      <PageHeader title={t("twoRunsCompared")} description={t("compareHint")} />
      <CompareSummary a={a.row} b={b.row} comparison={comparison} />
      <Section
        title={t("steps")}
        description={t("stepsOfBothRuns", { pairs: comparison.pairs.length })}
      >
        <CompareTable pairs={comparison.pairs} />
      </Section>
    </Page>
  );
}

function ChooseTwo() {
  const t = useTranslations("app");
  return (
    <Page>
      <PageHeader title={t("twoRunsCompared")} />
      <Notice
        title={t("chooseTwoRuns")}
        actions={<LinkButton href="/runs">{t("openTheRuns")}</LinkButton>}
      >
        {t("chooseHint")}
      </Notice>
    </Page>
  );
}
