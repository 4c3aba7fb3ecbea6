import { LiveTrouble, LookAgain } from "#components/deployments/live.tsx";
import { NodeTable } from "#components/deployments/node-table.tsx";
import { NodeTroubles } from "#components/deployments/node-troubles.tsx";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { Section } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { regionsInOrder } from "#lib/domain/regions.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { getDeployment } from "#lib/operations/deployments.ts";

export const generateMetadata = pageTitle("nodes");

export default async function NodesPage({ params }: { params: Promise<{ id: string }> }) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const deployment = await orNotFound(
    getDeployment(actor, { deploymentId: await deploymentIdOf(params) }),
  );
  return (
    <>
      {regionsInOrder(deployment).map((region, index) => (
        <Section
          key={region.id}
          title={region.name}
          description={t("nodeCount", { count: region.nodes.length })}
          actions={index === 0 && <LookAgain />}
        >
          <NodeTable region={region} />
        </Section>
      ))}
      <LiveTrouble />
      <NodeTroubles most={50} />
    </>
  );
}
