import type { SearchParams } from "nuqs/server";
import { withMessages } from "#components/frame/messages.tsx";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import "#components/audit-trail/print.css";
import { Printer } from "lucide-react";
import { notFound } from "next/navigation";
import { CommandsSection } from "#components/audit-trail/commands-section.tsx";
import { ExportMenu } from "#components/audit-trail/export-menu.tsx";
import { RunBackups } from "#components/audit-trail/run-backups.tsx";
import { MomentTable, RunFacts } from "#components/audit-trail/run-facts.tsx";
import { StoryList } from "#components/audit-trail/story-list.tsx";
import { StoryTable } from "#components/audit-trail/story-table.tsx";
import { loadTrailQuery, storySorts, trailHref } from "#components/audit-trail/trail-query.ts";
import { orNotFound } from "#components/deployments/page-params.ts";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { runTitle, stateOfRun } from "#components/home/run-words.ts";
import { InitDecisions } from "#components/plans/init-decisions.tsx";
import { HaChanges } from "#components/runs/ha-changes.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader, Section } from "#components/ui/page-header.tsx";
import { tableOrder } from "#components/ui/query.ts";
import { StateBadge } from "#components/ui/state-badge.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { RunId } from "#lib/domain/ids.ts";
import { commandsRun } from "#lib/domain/run-story/commands-run.ts";
import { momentsOf } from "#lib/domain/run-story/moments.ts";
import { tellStory } from "#lib/domain/run-story/story.ts";
import { haChangesOf } from "#lib/domain/run-view/ha-changes.ts";
import { hostNames } from "#lib/domain/run-view/step-words.ts";
import { getRun, runEvents } from "#lib/services/runs.ts";

interface Props {
  params: Promise<{ runId: string }>;
  searchParams: Promise<SearchParams>;
}

export const generateMetadata = pageTitle("auditOfARun");

export default withMessages(["audit-trail", "help", "plans", "runs", "said"], RunAuditPage);

async function RunAuditPage({ params, searchParams }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const parsed = RunId.safeParse((await params).runId);
  if (!parsed.success) notFound();
  const runId = parsed.data;
  const query = await loadTrailQuery(searchParams);
  const asTable = query.view === "table";
  const here = `/runs/${runId}/audit#story`;
  const { row, state, plans } = await orNotFound(getRun(actor, runId));
  // Read after the state: an event too many is told as well as the others.
  const events = await runEvents(actor, runId, 0);
  const names = hostNames(plans);
  const moments = momentsOf(state);
  const title = runTitle(row, await getTranslations("words"));
  const lines = tellStory(events, state, plans);
  return (
    <Page>
      <PageCrumbs
        items={[
          {
            label: `${row.deploymentName} ${title}`,
            href: `/runs/${runId}`,
          },
          { label: t("audit") },
        ]}
      />
      <div data-audit-trail="" className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <PageHeader
          title={t("auditTitle", {
            deploymentName: row.deploymentName,
            title,
          })}
          badges={<StateBadge state={stateOfRun(row)} look="box" />}
          description={t("runAuditHint")}
          actions={
            <div className="flex flex-wrap gap-2 print:hidden">
              <LinkButton href={`/runs/${runId}`} prefetch={false}>
                {t("openTheRun")}
              </LinkButton>
              <ExportMenu runId={runId} />
              <LinkButton href={`/runs/${runId}/report`} prefetch={false}>
                <Printer aria-hidden="true" />
                {t("report")}
              </LinkButton>
            </div>
          }
        />
        <RunFacts row={row} state={state} />
        {moments.length > 0 && <MomentTable moments={moments} names={names} />}
        <InitDecisions decisions={plans[0]?.initialisation ?? []} />
        <HaChanges changes={haChangesOf(plans, state)} title={t("haChanges")} />
        <Section
          id="story"
          title={t("story")}
          actions={
            <LinkButton
              href={trailHref(here, { ...query, view: asTable ? null : "table", sort: null })}
              size="sm"
              className="print:hidden"
            >
              {asTable ? t("readAsAStory") : t("readAsATable")}
            </LinkButton>
          }
        >
          {asTable ? (
            <StoryTable
              lines={lines}
              order={tableOrder(storySorts, query.sort, (sort) =>
                trailHref(`/runs/${runId}/audit`, { ...query, sort }),
              )}
              resorted={query.sort.by !== "time" || query.sort.descending}
            />
          ) : (
            <StoryList lines={lines} />
          )}
        </Section>
        <Section id="backups" title={t("backups")}>
          {state.backups.length === 0 ? (
            <p className="text-muted text-sm">{t("noDatabaseWasDumpedIn")}</p>
          ) : (
            <RunBackups backups={state.backups} names={names} />
          )}
        </Section>
        <CommandsSection runId={runId} commands={commandsRun(events, plans)} query={query} />
      </div>
    </Page>
  );
}
