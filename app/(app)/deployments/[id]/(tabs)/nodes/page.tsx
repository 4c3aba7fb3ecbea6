import type { Metadata } from "next";
import { LiveTrouble, LookAgain } from "#components/deployments/live.tsx";
import { NodeTable } from "#components/deployments/node-table.tsx";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { Section } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { regionsInOrder } from "#lib/domain/inventory.ts";
import { getDeployment } from "#lib/services/inventory-reading.ts";

export const metadata: Metadata = { title: "Nodes" };

export default async function NodesPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const deployment = await orNotFound(getDeployment(actor, await deploymentIdOf(params)));
  return regionsInOrder(deployment).map((region, index) => (
    <Section
      key={region.id}
      title={region.name}
      description={region.nodes.length === 1 ? "1 node" : `${region.nodes.length} nodes`}
      actions={index === 0 && <LookAgain />}
    >
      {index === 0 && <LiveTrouble />}
      <NodeTable region={region} />
    </Section>
  ));
}
