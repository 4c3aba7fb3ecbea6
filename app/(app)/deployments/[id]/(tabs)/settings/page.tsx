import type { Metadata } from "next";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { KeyValues } from "#components/ui/key-values.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { regionsInOrder } from "#lib/domain/inventory.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { getDeployment } from "#lib/services/inventory-reading.ts";

export const metadata: Metadata = { title: "Settings of a deployment" };

const ways = {
  direct: "Uplift writes ha.config in the MetaDB",
  guided: "a person changes it in the console",
} as const;

export default async function DeploymentSettingsPage({
  params,
}: {
  params: Promise<{ id: string }>;
}) {
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  const deployment = await orNotFound(getDeployment(actor, id));
  const { settings, metadb } = deployment;
  return (
    <>
      <Section
        title="How upgrades are done here"
        actions={
          roleMay(actor.role, "inventory.change") && (
            <LinkButton href={`/deployments/${id}/edit`} size="sm">
              Edit
            </LinkButton>
          )
        }
      >
        <Panel>
          <KeyValues
            items={[
              { label: "HA is switched by", value: ways[settings.haWay] },
              {
                label: "Console after HA",
                value: settings.restartConsoleAfterHa ? "is restarted" : "is left as it is",
              },
              { label: "Refetch margin", value: `${settings.refetchMarginMin} min` },
              { label: "Healthy within", value: `${settings.healthTimeoutMin} min` },
              { label: "Dumps in", value: settings.backupDirectory, mono: true },
            ]}
          />
        </Panel>
      </Section>
      <Section title="What is registered">
        <Panel>
          <KeyValues
            items={[
              {
                label: "MetaDB",
                value: `${metadb.user} at ${metadb.host}:${metadb.port}`,
                mono: true,
              },
              { label: "rm, cm", value: `${metadb.rmDatabase}, ${metadb.cmDatabase}`, mono: true },
              ...regionsInOrder(deployment).map((region) => ({
                label: region.name,
                value: `${region.nodes.length === 1 ? "1 node" : `${region.nodes.length} nodes`}, ${region.cmUrl}, heartbeats in ${region.heartbeatDatabase}`,
              })),
              { label: "Revision", value: String(deployment.revision) },
              {
                label: "Who changed it",
                value: (
                  <TextLink href={`/audit?type=deployment&id=${id}`}>
                    Audit of this deployment
                  </TextLink>
                ),
              },
            ]}
          />
        </Panel>
      </Section>
    </>
  );
}
