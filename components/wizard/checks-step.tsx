"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionErrors } from "#components/forms/action-errors.tsx";
import { useSubmit } from "#components/forms/use-submit.ts";
import { HostLocks } from "#components/locks/host-locks.tsx";
import { Checking } from "#components/plans/checking.tsx";
import { ChecksList } from "#components/plans/checks-list.tsx";
import { InitDecisions } from "#components/plans/init-decisions.tsx";
import { Verdict } from "#components/plans/verdict.tsx";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/clock.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { useTranslations } from "#i18n";
import { callForId } from "#lib/actions/call.ts";
import type { Check } from "#lib/domain/facts.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import { lockCheckId } from "#lib/domain/lock-check.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import { verdictOf } from "#lib/domain/preflight.ts";
import type { PlanView } from "#lib/services/views.ts";
import { ConfirmChecks } from "./confirm-checks.tsx";
import { OverruleInit } from "./overrule-init.tsx";
import type { WizardDeployment } from "./target-step.tsx";

export interface ChecksStepProps {
  deployment: WizardDeployment;
  plan: PlanView;
  /** Whether this person may break the lock of a run that is gone. */
  mayBreak: boolean;
}

/** What the look at the deployment found. A plan is there only when nothing stands in its way. */
export function ChecksStep({ deployment, plan, mayBreak }: ChecksStepProps) {
  const t = useTranslations("wizard");
  const router = useRouter();
  const here = `/deployments/${deployment.id}/upgrade`;
  const [since, setSince] = useState(0);
  const again = useSubmit(
    (target: UpgradeTarget) =>
      callForId("plans.create", { deploymentId: deployment.id, ...target }),
    (planId) => router.replace(`${here}?plan=${planId}&step=checks`),
  );
  function checkAgain(change: Partial<UpgradeTarget>) {
    if (!plan.target) return;
    setSince(Date.now());
    again.submit({ ...plan.target, ...change });
  }
  const locked = nodesHeldElsewhere(plan.checks);
  if (again.pending) {
    return <Checking deploymentId={deployment.id} since={since} />;
  }
  return (
    <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-4">
      <ActionErrors error={again.error} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex flex-wrap items-center gap-x-3">
          <Verdict look="box" {...verdictOf(plan.checks)} />
          <span className="text-muted text-xs">
            {t.rich("checked", { relativetime: () => <RelativeTime at={plan.createdAt} /> })}
          </span>
        </div>
        <Button variant={plan.passes ? "secondary" : "primary"} onClick={() => checkAgain({})}>
          {t("checkAgain")}
        </Button>
      </div>
      {locked.length > 0 && (
        <HostLocks
          key={plan.id}
          deploymentId={deployment.id}
          nodeIds={locked}
          mayBreak={mayBreak}
          then={t("checkAgainThen")}
        />
      )}
      <ChecksList checks={plan.checks} />
      {plan.target && (
        <ConfirmChecks
          checks={plan.checks}
          confirmed={plan.target.confirmed}
          onChange={(confirmed) => checkAgain({ confirmed })}
        />
      )}
      {plan.plan && plan.target && (
        <InitDecisions
          decisions={plan.plan.initialisation}
          actions={(decision) => (
            <OverruleInit
              decision={decision}
              overrules={plan.target?.initOverrules ?? []}
              onChange={(initOverrules) => checkAgain({ initOverrules })}
            />
          )}
        />
      )}
      <div className="flex flex-wrap gap-2">
        {plan.passes && (
          <LinkButton href={`${here}?plan=${plan.id}&step=plan`} variant="primary">
            {t("reviewThePlan")}
          </LinkButton>
        )}
        <LinkButton href={`${here}?plan=${plan.id}&step=target`} variant="ghost">
          {t("backToTheTarget")}
        </LinkButton>
      </div>
    </div>
  );
}

/** The nodes that a run of another dashboard holds. */
function nodesHeldElsewhere(checks: readonly Check[]): NodeId[] {
  return checks
    .filter(({ id, result }) => id.startsWith(lockCheckId) && result === "fail")
    .map(({ id }) => id.slice(lockCheckId.length) as NodeId);
}
