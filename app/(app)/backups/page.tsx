import { DatabaseBackup } from "lucide-react";
import { createLoader, createSerializer, type SearchParams } from "nuqs/server";
import { BackupList } from "#components/backups/backup-list.tsx";
import { StillCopying } from "#components/backups/still-copying.tsx";
import { withMessages } from "#components/frame/messages.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FileSize } from "#components/ui/file-size.tsx";
import { Choice, FilterForm } from "#components/ui/filter-form.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { PagesNav } from "#components/ui/pages-nav.tsx";
import { parseAsPage, parseAsSchema } from "#components/ui/query.ts";
import { requireActor } from "#lib/actions/session.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { backupPage } from "#lib/operations/backups.ts";
import { listDeployments } from "#lib/operations/deployments.ts";

interface Props {
  searchParams: Promise<SearchParams>;
}

export const generateMetadata = pageTitle("backups");

const params = { deployment: parseAsSchema(DeploymentId), page: parseAsPage };
const load = createLoader(params);
const href = createSerializer(params);

export default withMessages(["backups", "said"], BackupsPage);

async function BackupsPage({ searchParams }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const { deployment: deploymentId, page } = await load(searchParams);
  const [{ rows, runs, perPage, kept }, deployments] = await Promise.all([
    backupPage(actor, { deploymentId, page }),
    listDeployments(actor),
  ]);
  const copying = rows.some(
    ({ copy, deleted }) => deleted === null && copy !== null && copy.state !== "proven",
  );
  const may = {
    check: roleMay(actor.role, "backup.check"),
    download: roleMay(actor.role, "backup.download"),
    remove: roleMay(actor.role, "backup.delete"),
  };
  return (
    <Page>
      <PageHeader
        title={t("backups")}
        description={t("backupsHint")}
        help="operations#second-copies-downloads-and-the-end-of-a-backup"
      />
      {(runs > 0 || deploymentId !== null) && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <FilterForm
            label={t("filterBackups")}
            here={href("/backups", { deployment: deploymentId })}
            all="/backups"
          >
            <Choice
              name="deployment"
              label={t("deployment")}
              all={t("allDeployments")}
              value={deploymentId ?? ""}
              options={deployments.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </FilterForm>
          <p className="text-muted text-sm">
            {t.rich("dumpsInAll", {
              dumps: kept.dumps,
              filesize: () => <FileSize bytes={kept.bytes} />,
            })}
            {kept.unproven > 0 && t("notProven", { unproven: kept.unproven })}
          </p>
        </div>
      )}
      {runs === 0 ? (
        <EmptyState
          icon={DatabaseBackup}
          title={deploymentId ? t("noBackupsOfThisDeployment") : t("noBackupsYet")}
          action={<LinkButton href="/deployments">{t("openTheDeployments")}</LinkButton>}
        >
          {t("noBackupsHint")}
        </EmptyState>
      ) : (
        <BackupList rows={rows} may={may} />
      )}
      <PagesNav
        label={t("pagesOfBackups")}
        {...{ page, perPage, found: runs }}
        address={(to) => href("/backups", { deployment: deploymentId, page: to })}
      />
      {copying && <StillCopying />}
    </Page>
  );
}
