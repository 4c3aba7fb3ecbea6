import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { DeploymentTable, newestRuns } from "#components/deployments/deployment-table.tsx";
import { NoDeployments } from "#components/deployments/no-deployments.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { listDeployments } from "#lib/services/inventory-reading.ts";
import { listRuns } from "#lib/services/runs.ts";

export const metadata: Metadata = { title: "Deployments" };

export default async function DeploymentsPage() {
  const actor = await requireActor();
  const [deployments, runs] = await Promise.all([
    listDeployments(actor),
    listRuns(actor, { take: 200 }),
  ]);
  const may = roleMay(actor.role, "inventory.change");
  return (
    <Page>
      <PageHeader
        title="Deployments"
        description="OMS services with their regions and nodes."
        actions={
          may &&
          deployments.length > 0 && (
            <LinkButton href="/deployments/new" variant="primary">
              <Plus aria-hidden="true" />
              Register a deployment
            </LinkButton>
          )
        }
      />
      {deployments.length === 0 ? (
        <NoDeployments mayRegister={may} />
      ) : (
        <DeploymentTable deployments={deployments} lastRuns={newestRuns(runs)} />
      )}
    </Page>
  );
}
