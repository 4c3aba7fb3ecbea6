import { LookAgain } from "#components/deployments/live.tsx";
import { DeploymentFacts } from "#components/deployments/live-facts.tsx";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { RunHistory } from "#components/deployments/run-history.tsx";
import { withMessages } from "#components/frame/messages.tsx";
import { LatestPractice } from "#components/plans/latest-practice.tsx";
import { LatestPreflight } from "#components/plans/latest-preflight.tsx";
import { Topology } from "#components/topology/topology.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { hasEnded } from "#lib/domain/run.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { getDeployment } from "#lib/operations/deployments.ts";
import { listPreflights } from "#lib/operations/preflights.ts";
import { listRuns } from "#lib/operations/run-lists.ts";

export const generateMetadata = pageTitle("deployment");

/** Enough to see how the last ones went; the tab has them all. */
const newestRuns = 5;

export default withMessages(["plans", "topology"], DeploymentPage);

async function DeploymentPage({ params }: { params: Promise<{ id: string }> }) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  const deployment = await orNotFound(getDeployment(actor, { deploymentId: id }));
  const [runs, [preflight], [practice]] = await Promise.all([
    listRuns(actor, { deploymentId: id, take: newestRuns }),
    listPreflights(actor, { deploymentId: id, take: 1 }),
    listRuns(actor, { deploymentId: id, purpose: "practice", take: 1 }),
  ]);
  return (
    <>
      <Panel>
        <DeploymentFacts metadb={deployment.metadb} />
      </Panel>
      <Section title={t("regionsAndNodes")} actions={<LookAgain />}>
        <Topology deployment={deployment} />
      </Section>
      <LatestPreflight id={id} newest={preflight ?? null} />
      <LatestPractice
        id={id}
        newest={practice ?? null}
        may={roleMay(actor.role, "run.start") && !(runs[0] && !hasEnded(runs[0].status))}
      />
      <Section
        title={t("runs")}
        actions={<TextLink href={`/deployments/${id}/history`}>{t("allOfThem")}</TextLink>}
      >
        {runs.length === 0 ? (
          <p className="text-muted text-sm">{t("noUpgradeYet")}</p>
        ) : (
          <RunHistory name={deployment.name} runs={runs} />
        )}
      </Section>
    </>
  );
}
