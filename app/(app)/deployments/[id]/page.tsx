import { Pencil } from "lucide-react";
import type { Metadata } from "next";
import { DeploymentMenu } from "#components/deployments/deployment-menu.tsx";
import { LiveProvider, LiveTrouble, LookAgain } from "#components/deployments/live.tsx";
import { DeploymentFacts, HealthBadge } from "#components/deployments/live-facts.tsx";
import { NodeTable } from "#components/deployments/node-table.tsx";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { RunHistory } from "#components/deployments/run-history.tsx";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { LatestPreflight } from "#components/plans/latest-preflight.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader, Section } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { regionsInOrder } from "#lib/domain/inventory.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { hasEnded } from "#lib/domain/run.ts";
import { getDeployment } from "#lib/services/inventory-reading.ts";
import { listPreflights } from "#lib/services/preflights.ts";
import { listRuns } from "#lib/services/runs.ts";

interface Props {
  params: Promise<{ id: string }>;
}

export const metadata: Metadata = { title: "Deployment" };

export default async function DeploymentPage({ params }: Props) {
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  const deployment = await orNotFound(getDeployment(actor, id));
  const runs = await listRuns(actor, { deploymentId: id, take: 20 });
  const [newest] = await listPreflights(actor, id, 1);
  const active = runs.find((run) => !hasEnded(run.status));
  const mayChange = roleMay(actor.role, "inventory.change");
  return (
    <LiveProvider
      id={id}
      moment={`${deployment.revision} ${active?.id} ${active?.status}`}
      busy={active !== undefined}
    >
      <Page>
        <PageCrumbs items={[{ label: deployment.name }]} />
        <PageHeader
          title={deployment.name}
          badges={
            <>
              <Badge mono>{deployment.version}</Badge>
              <HealthBadge />
            </>
          }
          actions={
            <>
              {active ? (
                <LinkButton href={`/runs/${active.id}`} variant="primary">
                  Open the run
                </LinkButton>
              ) : (
                roleMay(actor.role, "plan.create") && (
                  <LinkButton href={`/deployments/${id}/upgrade`} variant="primary">
                    Upgrade…
                  </LinkButton>
                )
              )}
              {mayChange && (
                <>
                  <LinkButton href={`/deployments/${id}/edit`}>
                    <Pencil aria-hidden="true" />
                    Edit
                  </LinkButton>
                  <DeploymentMenu id={id} name={deployment.name} busy={active !== undefined} />
                </>
              )}
            </>
          }
        />
        <Panel>
          <DeploymentFacts metadb={deployment.metadb} />
        </Panel>
        <Section title="Regions and nodes" actions={<LookAgain />}>
          <LiveTrouble />
          {regionsInOrder(deployment).map((region) => (
            <div key={region.id} className="grid grid-cols-[minmax(0,1fr)] gap-2">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pt-1">
                <h3 className="font-medium text-sm [overflow-wrap:anywhere]">{region.name}</h3>
                {region.isDefault && <Badge>default region</Badge>}
                <span className="text-muted text-xs">
                  location {region.location} · heartbeats in{" "}
                  <span className="font-mono">
                    {region.heartbeatDatabase}
                    {region.heartbeatServer &&
                      ` on ${region.heartbeatServer.host}:${region.heartbeatServer.port}`}
                  </span>{" "}
                  · <span className="font-mono">{region.cmUrl}</span>
                  {region.bastion && (
                    <>
                      {" "}
                      · through the bastion{" "}
                      <span className="font-mono">
                        {region.bastion.host}:{region.bastion.port}
                      </span>
                    </>
                  )}
                </span>
              </div>
              <NodeTable region={region} />
            </div>
          ))}
        </Section>
        <LatestPreflight id={id} newest={newest ?? null} />
        <Section
          title="Runs"
          actions={<TextLink href={`/backups?deployment=${id}`}>Backups</TextLink>}
        >
          {runs.length === 0 ? (
            <p className="text-muted text-sm">
              No upgrade yet. Each one leaves its journal, its log and its dumps here.
            </p>
          ) : (
            <RunHistory name={deployment.name} runs={runs} />
          )}
        </Section>
      </Page>
    </LiveProvider>
  );
}
