import { Printer } from "lucide-react";
import type { SearchParams } from "nuqs/server";
import { ActivitySection } from "#components/audit-trail/activity-section.tsx";
import { ExportMenu } from "#components/audit-trail/export-menu.tsx";
import { RunRecord } from "#components/audit-trail/run-record.tsx";
import { loadTrailQuery, trailHref } from "#components/audit-trail/trail-query.ts";
import { orNotFound, runIdOf } from "#components/deployments/page-params.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { runTitle, stateOfRun } from "#components/home/run-words.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { activityOf } from "#lib/domain/run-activity/activity.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { getRun, runEvents } from "#lib/operations/runs.ts";

interface Props {
  params: Promise<{ runId: string }>;
  searchParams: Promise<SearchParams>;
}

export const generateMetadata = pageTitle("auditOfARun");

export default withMessages(["audit-trail", "help", "plans", "runs", "said"], RunAuditPage);

async function RunAuditPage({ params, searchParams }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const runId = await runIdOf(params);
  const query = await loadTrailQuery(searchParams);
  const view = await orNotFound(getRun(actor, { runId }));
  const { row, state, plans } = view;
  // Read after the state: an event too many is told as well as the others.
  const events = await runEvents(actor, { runId });
  const title = runTitle(row, await getTranslations("words"));
  return (
    <Page>
      <PageCrumbs
        items={[
          { label: `${row.deploymentName} ${title}`, href: `/runs/${runId}` },
          { label: t("audit") },
        ]}
      />
      <RunRecord
        view={view}
        header={
          <PageHeader
            title={t("auditTitle", { deploymentName: row.deploymentName, title })}
            badges={<StateBadge state={stateOfRun(row)} look="box" />}
            description={t("runAuditHint")}
            actions={
              <div className="flex flex-wrap gap-2 print:hidden">
                <LinkButton href={`/runs/${runId}`} prefetch={false}>
                  {t("openTheRun")}
                </LinkButton>
                <ExportMenu
                  runId={runId}
                  csv={trailHref(`/api/v1/runs/${runId}/activity.csv`, query)}
                />
                <LinkButton href={trailHref(`/runs/${runId}/report`, query)} prefetch={false}>
                  <Printer aria-hidden="true" />
                  {t("onPaper")}
                </LinkButton>
              </div>
            }
          />
        }
      >
        <ActivitySection runId={runId} lines={activityOf(events, state, plans)} query={query} />
      </RunRecord>
    </Page>
  );
}
