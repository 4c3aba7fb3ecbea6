import { DeploymentEditor } from "#components/deployments/deployment-editor.tsx";
import { formOfInventory } from "#components/deployments/form-model.ts";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { PageCrumbs } from "#components/frame/page-crumbs.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { listCredentials } from "#lib/operations/credentials.ts";
import { getDeployment } from "#lib/operations/deployments.ts";

export const generateMetadata = pageTitle("editADeployment");

export default withMessages(["deployments", "said"], EditDeploymentPage);

async function EditDeploymentPage({ params }: { params: Promise<{ id: string }> }) {
  const t = await getTranslations("app");
  const words = await getTranslations("words");
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  const deployment = await orNotFound(getDeployment(actor, { deploymentId: id }));
  return (
    <Page>
      <PageCrumbs
        items={[{ label: deployment.name, href: `/deployments/${id}` }, { label: t("edit") }]}
      />
      <PageHeader title={t("editOf", { name: deployment.name })} description={t("editHint")} />
      {roleMay(actor.role, "inventory.change") ? (
        <DeploymentEditor
          id={id}
          initial={formOfInventory(deployment)}
          credentials={await listCredentials(actor)}
        />
      ) : (
        <Notice title={t("mayNotEdit", { role: words(`roles.${actor.role}`) })}>
          {t("whoEdits")}
        </Notice>
      )}
    </Page>
  );
}
