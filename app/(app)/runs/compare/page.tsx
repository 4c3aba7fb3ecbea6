import type { Metadata } from "next";
import { CompareSummary } from "#components/compare/compare-summary.tsx";
import { CompareTable } from "#components/compare/compare-table.tsx";
import { orNotFound } from "#components/deployments/page-params.ts";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import type { SearchParams } from "#components/history/run-filter.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader, Section } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { RunId } from "#lib/domain/ids.ts";
import { compareRuns } from "#lib/domain/run-compare/compare-runs.ts";
import { getRun } from "#lib/services/runs.ts";

export const metadata: Metadata = { title: "Two runs compared" };

/** Two runs side by side: `?run=run_…&run=run_…`, the earlier one first whatever the order. */
export default async function ComparePage({
  searchParams,
}: {
  searchParams: Promise<SearchParams>;
}) {
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
      <PageCrumbs items={[{ label: "Two runs compared" }]} />
      <PageHeader
        title="Two runs compared"
        description="The same step of both in one line. A is the earlier run; the difference is how much longer B took."
      />
      <CompareSummary a={a.row} b={b.row} comparison={comparison} />
      <Section title="Steps" description={`${comparison.pairs.length} steps of both runs`}>
        <CompareTable pairs={comparison.pairs} />
      </Section>
    </Page>
  );
}

function ChooseTwo() {
  return (
    <Page>
      <PageHeader title="Two runs compared" />
      <Notice title="Choose two runs" actions={<LinkButton href="/runs">Open the runs</LinkButton>}>
        Tick two runs in the list, then press “Compare the two”.
      </Notice>
    </Page>
  );
}
