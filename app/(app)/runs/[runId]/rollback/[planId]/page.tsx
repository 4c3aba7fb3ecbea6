import { notFound } from "next/navigation";
import { orNotFound } from "#components/deployments/page-params.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { PlanView } from "#components/plans/plan-view.tsx";
import { ConfirmRollback } from "#components/runs/confirm-rollback.tsx";
import { rollbackConsequences } from "#components/runs/rollback-consequences.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { PlanId, RunId } from "#lib/domain/ids.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { expectedSpan } from "#lib/domain/run-view/forecast.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { expectedTimes, getPlan } from "#lib/operations/plans.ts";

export const generateMetadata = pageTitle("rollbackPlan");

interface Props {
  params: Promise<{ runId: string; planId: string }>;
}

export default withMessages(["help", "plans", "runs", "said"], RollbackPlanPage);

async function RollbackPlanPage({ params }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const { runId: runText, planId: planText } = await params;
  const [runId, planId] = [RunId.safeParse(runText), PlanId.safeParse(planText)];
  if (!runId.success || !planId.success) notFound();
  const view = await orNotFound(getPlan(actor, { planId: planId.data }));
  const { plan, hash } = view;
  if (plan?.undoes?.runId !== runId.data) notFound();
  const times = await expectedTimes(actor, { planIds: [plan.id] });
  const back = `/runs/${runId.data}`;
  const { sentences, recovery, verb } = rollbackConsequences(plan, await getTranslations("runs"));
  return (
    <Page>
      <PageCrumbs
        items={[
          { label: `${plan.deploymentName} ${plan.fromVersion} → ${plan.toVersion}`, href: back },
          { label: t("rollbackPlan") },
        ]}
      />
      <PageHeader
        title={t("rollBackTo", {
          deploymentName: plan.deploymentName,
          fromVersion: plan.fromVersion,
        })}
        description={t("rollbackHint")}
        help="domain#4-rollback"
        actions={<LinkButton href={back}>{t("backToTheRun")}</LinkButton>}
      />
      {view.runId ? (
        <Notice
          tone="run"
          title={t("thisPlanWasStartedAlready")}
          actions={<LinkButton href={back}>{t("openItsRun")}</LinkButton>}
        >
          {t("aPlanIsUsedOnce")}
        </Notice>
      ) : (
        !roleMay(actor.role, "run.control") && (
          <Notice title={t("mayRead")}>{t("sendTheAddress")}</Notice>
        )
      )}
      <div className="grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-6">
        <PlanView plan={plan} hash={hash} expected={expectedSpan(plan, times)} />
        {!view.runId && roleMay(actor.role, "run.control") && (
          <div className="flex flex-wrap gap-2">
            <ConfirmRollback
              {...{ hash, recovery, verb }}
              runId={runId.data}
              planId={planId.data}
              deploymentName={plan.deploymentName}
              consequences={sentences}
            />
            <LinkButton href={back} variant="ghost">
              {t("leaveItAsItIs")}
            </LinkButton>
          </div>
        )}
      </div>
    </Page>
  );
}
