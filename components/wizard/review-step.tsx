import { LinkButton } from "#components/ui/link-button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useTranslations } from "#i18n";
import type { Plan } from "#lib/domain/plan.ts";
import { expectedSpan } from "#lib/domain/run-view/forecast.ts";
import type { StepTimes } from "#lib/domain/run-view/step-times.ts";
import type { PlanView } from "#lib/services/views.ts";
import { consequencesOf } from "./consequences.ts";
import { PlanView as PlanDisplay, PracticeButton, StartStep } from "./steps.tsx";

/** Why a plan can no longer be started, if it cannot. */
export function PlanGuard({ plan }: { plan: PlanView }) {
  const t = useTranslations("wizard");
  const here = `/deployments/${plan.deploymentId}/upgrade?plan=${plan.id}`;
  if (plan.runId) {
    return (
      <Notice
        tone="run"
        title={t("thisPlanWasStartedAlready")}
        actions={<LinkButton href={`/runs/${plan.runId}`}>{t("openItsRun")}</LinkButton>}
      >
        {t("aPlanIsUsedOnce")}
      </Notice>
    );
  }
  if (!plan.outdated) return null;
  return (
    <Notice
      tone="warn"
      title={t("changedSince")}
      actions={<LinkButton href={`${here}&step=checks`}>{t("goToTheChecks")}</LinkButton>}
    >
      {t("checkAgainMakes")}
    </Notice>
  );
}

export interface ReviewStepProps {
  view: PlanView;
  plan: Plan;
  times: StepTimes;
  /** Whether this person may start a practice backup. */
  mayPractise: boolean;
}

/** The exact plan, to be read before anything happens. */
export function ReviewStep({ view, plan, times, mayPractise }: ReviewStepProps) {
  const t = useTranslations("wizard");
  const here = `/deployments/${view.deploymentId}/upgrade?plan=${view.id}`;
  return (
    <div className="grid max-w-5xl grid-cols-[minmax(0,1fr)] gap-4">
      {mayPractise && !view.runId && <PracticeButton id={view.deploymentId} />}
      <PlanDisplay plan={plan} hash={view.hash} expected={expectedSpan(plan, times)} />
      <div className="flex flex-wrap gap-2">
        {!view.outdated && !view.runId && (
          <LinkButton href={`${here}&step=start`} variant="primary">
            {t("goOnToTheStart")}
          </LinkButton>
        )}
        <LinkButton href={`${here}&step=checks`} variant="ghost">
          {t("backToTheChecks")}
        </LinkButton>
      </div>
    </div>
  );
}

export interface StartQuestionProps {
  view: PlanView;
  plan: Plan;
  deployment: { id: string; name: string };
  /** Whether this person's role may start runs. */
  may: boolean;
}

/** The last question, or why it cannot be asked now. */
export function StartQuestion({ view, plan, deployment, may }: StartQuestionProps) {
  const words = useTranslations("words");
  const t = useTranslations("wizard");
  if (view.outdated || view.runId) return null;
  if (!may) {
    return <Notice title={t("youMayPlanNotStart")}>{t("sendTheAddress")}</Notice>;
  }
  const { sentences, recovery, verb } = consequencesOf(plan, t, words);
  return (
    <StartStep
      planId={view.id}
      hash={view.hash}
      deployment={{ id: deployment.id, name: deployment.name }}
      consequences={sentences}
      recovery={recovery}
      verb={verb}
    />
  );
}
