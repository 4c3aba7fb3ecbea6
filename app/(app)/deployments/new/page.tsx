import { NewDeployment } from "#components/deployments/new-deployment.tsx";
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

export const generateMetadata = pageTitle("registerADeployment");

export default withMessages(["deployments", "said"], NewDeploymentPage);

async function NewDeploymentPage() {
  const t = await getTranslations("app");
  const words = await getTranslations("words");
  const actor = await requireActor();
  const may = roleMay(actor.role, "inventory.change");
  return (
    <Page>
      <PageCrumbs items={[{ label: t("register") }]} />
      <PageHeader title={t("registerADeployment")} description={t("registerHint")} />
      {may ? (
        <NewDeployment credentials={await listCredentials(actor)} />
      ) : (
        <Notice title={t("mayNotRegister", { role: words(`roles.${actor.role}`) })}>
          {t("whoRegisters")}
        </Notice>
      )}
    </Page>
  );
}
