import type { Metadata } from "next";
import { NewDeployment } from "#components/deployments/new-deployment.tsx";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { listCredentials } from "#lib/services/credentials.ts";

export const metadata: Metadata = { title: "Register a deployment" };

export default async function NewDeploymentPage() {
  const actor = await requireActor();
  const may = roleMay(actor.role, "inventory.change");
  return (
    <Page>
      <PageCrumbs items={[{ label: "Register" }]} />
      <PageHeader
        title="Register a deployment"
        description="Nothing on the hosts is changed by it: Uplift only looks."
      />
      {may ? (
        <NewDeployment credentials={await listCredentials(actor)} />
      ) : (
        <Notice title={`As ${actor.role} you may look, not register`}>
          An operator or an administrator registers deployments.
        </Notice>
      )}
    </Page>
  );
}
