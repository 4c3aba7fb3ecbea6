import type { SearchParams } from "nuqs/server";
import { ActivityTable } from "#components/audit-trail/activity-table.tsx";
import { PrintButton } from "#components/audit-trail/print-button.tsx";
import { RunRecord } from "#components/audit-trail/run-record.tsx";
import { loadTrailQuery, trailHref } from "#components/audit-trail/trail-query.ts";
import { orNotFound, runIdOf } from "#components/deployments/page-params.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { runTitle } from "#components/home/run-words.ts";
import { Clock } from "#components/ui/clock.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader, Section } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { activityOf } from "#lib/domain/run-activity/activity.ts";
import { filterActivity } from "#lib/domain/run-activity/activity-lines.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getSaid, getTranslations } from "#lib/i18n/server.ts";
import { getRun, runEvents } from "#lib/operations/runs.ts";

interface Props {
  params: Promise<{ runId: string }>;
  searchParams: Promise<SearchParams>;
}

export const generateMetadata = pageTitle("reportOfARun");

export default withMessages(["audit-trail", "help", "plans", "runs", "said"], ReportPage);

/** A run's record for paper: what its audit shows, in the order of time, with nothing around it and nothing folded. */
async function ReportPage({ params, searchParams }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const runId = await runIdOf(params);
  const query = await loadTrailQuery(searchParams);
  const view = await orNotFound(getRun(actor, { runId }));
  const events = await runEvents(actor, { runId });
  const lines = activityOf(events, view.state, view.plans);
  const title = runTitle(view.row, await getTranslations("words"));
  return (
    <main className="mx-auto grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-6 p-4 sm:p-8 print:max-w-none print:p-0">
      <nav aria-label={t("report")} className="flex justify-end gap-2 print:hidden">
        <LinkButton href={trailHref(`/runs/${runId}/audit`, query)} prefetch={false}>
          {t("backToTheAudit")}
        </LinkButton>
        <PrintButton />
      </nav>
      <RunRecord
        view={view}
        header={
          <PageHeader
            title={t("reportTitle", { deploymentName: view.row.deploymentName, title })}
            description={t.rich("reportMadeFor", {
              name: actor.name,
              at: () => <Clock at={view.now} show="both" zone className="font-mono" />,
            })}
          />
        }
      >
        <Section title={t("activity")}>
          <ActivityTable lines={filterActivity(lines, query, await getSaid())} />
        </Section>
      </RunRecord>
    </main>
  );
}
