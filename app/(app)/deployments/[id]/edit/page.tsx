import type { Metadata } from "next";
import { DeploymentEditor } from "#components/deployments/deployment-editor.tsx";
import { formOfInventory } from "#components/deployments/form-model.ts";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { listCredentials } from "#lib/services/credentials.ts";
import { getDeployment } from "#lib/services/inventory-reading.ts";

export const metadata: Metadata = { title: "Edit a deployment" };

export default async function EditDeploymentPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  const deployment = await orNotFound(getDeployment(actor, id));
  return (
    <Page>
      <PageCrumbs
        items={[{ label: deployment.name, href: `/deployments/${id}` }, { label: "Edit" }]}
      />
      <PageHeader
        title={`Edit ${deployment.name}`}
        description="Changes what Uplift knows. Nothing on the hosts is changed; plans made before are outdated."
      />
      {roleMay(actor.role, "inventory.change") ? (
        <DeploymentEditor
          id={id}
          initial={formOfInventory(deployment)}
          credentials={await listCredentials(actor)}
        />
      ) : (
        <Notice title={`As ${actor.role} you may look, not edit`}>
          An operator or an administrator edits deployments.
        </Notice>
      )}
    </Page>
  );
}
