import { BackupList } from "#components/backups/backup-list.tsx";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { listBackups } from "#lib/services/backups.ts";
import { getDeployment } from "#lib/services/inventory-reading.ts";

export const generateMetadata = pageTitle("backups");

export default withMessages(["backups"], DeploymentBackupsPage);

async function DeploymentBackupsPage({ params }: { params: Promise<{ id: string }> }) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  await orNotFound(getDeployment(actor, id));
  const rows = await listBackups(actor, { deploymentId: id });
  return (
    <Section title={t("backups")} description={t("deploymentBackupsHint")}>
      {rows.length === 0 ? (
        <p className="text-muted text-sm">{t("noBackupsHere")}</p>
      ) : (
        <BackupList
          rows={rows}
          may={{
            check: roleMay(actor.role, "backup.check"),
            download: roleMay(actor.role, "backup.download"),
            remove: roleMay(actor.role, "backup.delete"),
          }}
        />
      )}
    </Section>
  );
}
