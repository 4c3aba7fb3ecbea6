import { withMessages } from "#components/frame/messages.tsx";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import "#components/report/report.css";
import { notFound } from "next/navigation";
import { PrintButton } from "#components/audit-trail/print-button.tsx";
import { orNotFound } from "#components/deployments/page-params.ts";
import { ReportBackups } from "#components/report/report-backups.tsx";
import { ReportCommands } from "#components/report/report-commands.tsx";
import { ReportPeople } from "#components/report/report-people.tsx";
import { ReportSteps } from "#components/report/report-steps.tsx";
import { ReportSummary } from "#components/report/report-summary.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { RunId } from "#lib/domain/ids.ts";
import { stepRows } from "#lib/domain/run-report/step-rows.ts";
import { commandsRun } from "#lib/domain/run-story/commands-run.ts";
import { tellStory } from "#lib/domain/run-story/story.ts";
import { hostNames } from "#lib/domain/run-view/step-words.ts";
import { getRun, runEvents } from "#lib/services/runs.ts";

export const generateMetadata = pageTitle("reportOfARun");

export default withMessages(["audit-trail"], ReportPage);

/** A run on paper: what an auditor files. Light on white whatever the theme, nothing folded. */
async function ReportPage({ params }: { params: Promise<{ runId: string }> }) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const parsed = RunId.safeParse((await params).runId);
  if (!parsed.success) notFound();
  const runId = parsed.data;
  const { row, state, plans, now } = await orNotFound(getRun(actor, runId));
  const events = await runEvents(actor, runId, 0);
  const names = hostNames(plans);
  return (
    <main data-report="" className="mx-auto grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-8 p-8">
      <nav aria-label={t("report")} className="flex justify-end gap-2 print:hidden">
        <LinkButton href={`/runs/${runId}/audit`} prefetch={false}>
          {t("backToTheAudit")}
        </LinkButton>
        <PrintButton />
      </nav>
      <ReportSummary {...{ row, state, plans, names }} printedBy={actor.name} printedAt={now} />
      <ReportPeople lines={tellStory(events, state, plans)} />
      <ReportBackups backups={state.backups} names={names} />
      <ReportSteps rows={stepRows(plans, state)} />
      <ReportCommands commands={commandsRun(events, plans)} />
    </main>
  );
}
