import type { SearchParams } from "nuqs/server";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { OutageEstimate } from "#components/plans/outage-estimate.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { WizardSteps } from "#components/ui/wizard-steps.tsx";
import { PlanGuard, ReviewStep, StartQuestion } from "#components/wizard/review-step.tsx";
import { ChecksStep, TargetStep } from "#components/wizard/steps.tsx";
import { initialTarget, versionChoices } from "#components/wizard/target.ts";
import type { WizardDeployment } from "#components/wizard/target-step.tsx";
import { stepOf, wizardSteps } from "#components/wizard/wizard-step.ts";
import { requireActor } from "#lib/actions/session.ts";
import { PlanId } from "#lib/domain/ids.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { allNodes } from "#lib/domain/regions.ts";
import { type Actor, roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { getDeployment } from "#lib/operations/deployments.ts";
import { estimatePlan, expectedTimes, getCatalogue, getPlan } from "#lib/operations/plans.ts";
import type { PlanView } from "#lib/services/views.ts";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export const generateMetadata = pageTitle("upgrade");

export default withMessages(["help", "locks", "plans", "runs", "said", "wizard"], UpgradePage);

async function UpgradePage({ params, searchParams }: Props) {
  const t = await getTranslations("app");
  const words = await getTranslations("words");
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  const deployment = wizardDeployment(await orNotFound(getDeployment(actor, { deploymentId: id })));
  const search = await searchParams;
  const catalogue = await getCatalogue(actor);
  const choices = versionChoices(deployment.version, catalogue);
  const plan = await planOf(actor, search.plan, deployment);
  const step = stepOf(search.step, plan);
  const estimate =
    plan?.plan && step !== "target" ? await estimatePlan(actor, { planId: plan.id }) : null;
  return (
    <Page>
      <PageCrumbs
        items={[{ label: deployment.name, href: `/deployments/${id}` }, { label: t("upgrade") }]}
      />
      <PageHeader
        title={t("upgradeOf", { name: deployment.name })}
        help="domain#3-the-upgrade-multi-node-330-to-331-and-alike-later-versions"
        badges={
          <Badge mono>
            {plan?.target && step !== "target"
              ? `${deployment.version} → ${plan.target.version}`
              : deployment.version}
          </Badge>
        }
      />
      <WizardSteps
        label={t("upgrade")}
        {...wizardSteps(id, step, plan, await getTranslations("wizard"))}
      />
      {plan && step !== "target" && <PlanGuard plan={plan} />}
      {/* How long OMS will be out stays in view: beside the step, or where there is no room above it. */}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
        {estimate && (
          <>
            <OutageEstimate
              estimate={estimate}
              open
              className="order-last max-xl:hidden xl:sticky xl:top-20"
            />
            <OutageEstimate estimate={estimate} open={step === "plan"} className="xl:hidden" />
          </>
        )}
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-6">
          {step === "target" &&
            (roleMay(actor.role, "plan.create") ? (
              <TargetStep
                deployment={deployment}
                choices={choices}
                catalogue={catalogue}
                initial={initialTarget(search, plan?.target ?? null, deployment, choices)}
              />
            ) : (
              <Notice title={t("mayNotPlan", { role: words(`roles.${actor.role}`) })}>
                {t("whoPlans")}
              </Notice>
            ))}
          {plan && step === "checks" && (
            <ChecksStep
              deployment={deployment}
              plan={plan}
              mayBreak={roleMay(actor.role, "run.control")}
            />
          )}
          {plan?.plan && step === "plan" && (
            <ReviewStep
              view={plan}
              plan={plan.plan}
              times={await expectedTimes(actor, { planIds: [plan.id] })}
              mayPractise={roleMay(actor.role, "run.start")}
            />
          )}
          {plan?.plan && step === "start" && (
            <StartQuestion
              view={plan}
              plan={plan.plan}
              deployment={deployment}
              may={roleMay(actor.role, "run.start")}
            />
          )}
        </div>
      </div>
    </Page>
  );
}

/** The plan that the address names, if it is one of this deployment. */
async function planOf(
  actor: Actor,
  text: string | string[] | undefined,
  deployment: WizardDeployment,
): Promise<PlanView | null> {
  const id = PlanId.safeParse(text);
  if (!id.success) return null;
  const plan = await orNotFound(getPlan(actor, { planId: id.data }));
  const ofUpgrade = plan.leg === "forward" && plan.plan?.purpose !== "practice";
  return plan.deploymentId === deployment.id && ofUpgrade ? plan : null;
}

function wizardDeployment(inventory: Inventory): WizardDeployment {
  const nodes = allNodes(inventory);
  const { id, name, version } = inventory;
  return {
    ...{ id, name, version },
    containerName: nodes[0]?.node.containerName ?? "oms",
    nodes: nodes.map(({ node }) => node.name),
  };
}
