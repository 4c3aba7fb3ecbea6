import type { SearchParams } from "nuqs/server";
import { BackupList } from "#components/backups/backup-list.tsx";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { PagesNav } from "#components/ui/pages-nav.tsx";
import { loadPage, pageHref } from "#components/ui/query.ts";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { backupPage } from "#lib/operations/backups.ts";
import { getDeployment } from "#lib/operations/deployments.ts";

export const generateMetadata = pageTitle("backups");

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default withMessages(["backups"], DeploymentBackupsPage);

async function DeploymentBackupsPage({ params, searchParams }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  await orNotFound(getDeployment(actor, { deploymentId: id }));
  const { page } = await loadPage(searchParams);
  const { rows, runs, perPage } = await backupPage(actor, { deploymentId: id, page });
  return (
    <Section title={t("backups")} description={t("deploymentBackupsHint")}>
      {runs === 0 ? (
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
      <PagesNav
        label={t("pagesOfBackups")}
        {...{ page, perPage, found: runs }}
        address={(to) => pageHref(`/deployments/${id}/backups`, { page: to })}
      />
    </Section>
  );
}
