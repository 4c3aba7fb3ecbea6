import { DatabaseBackup } from "lucide-react";
import Form from "next/form";
import { BackupList } from "#components/backups/backup-list.tsx";
import { StillCopying } from "#components/backups/still-copying.tsx";
import { withMessages } from "#components/frame/messages.tsx";
import { Choice } from "#components/history/choice.tsx";
import { param, type SearchParams } from "#components/history/run-filter.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { FileSize } from "#components/ui/file-size.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { bytesOf } from "#lib/domain/backup-files.ts";
import { DeploymentId } from "#lib/domain/ids.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { listBackups } from "#lib/services/backups.ts";
import { listDeployments } from "#lib/services/inventory-reading.ts";

interface Props {
  searchParams: Promise<SearchParams>;
}

export const generateMetadata = pageTitle("backups");

export default withMessages(["backups", "said"], BackupsPage);

async function BackupsPage({ searchParams }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const wanted = DeploymentId.safeParse(param(await searchParams, "deployment"));
  const deploymentId = wanted.success ? wanted.data : null;
  const [rows, deployments] = await Promise.all([
    listBackups(actor, deploymentId ? { deploymentId } : {}),
    listDeployments(actor),
  ]);
  const there = rows.filter(({ deleted }) => deleted === null);
  const bytes = there.reduce((sum, { backup }) => sum + bytesOf(backup), 0);
  const unproven = there.filter(({ backup }) => !backup.proven).length;
  const copying = there.some(({ copy }) => copy !== null && copy.state !== "proven");
  const may = {
    check: roleMay(actor.role, "backup.check"),
    download: roleMay(actor.role, "backup.download"),
    remove: roleMay(actor.role, "backup.delete"),
  };
  return (
    <Page>
      <PageHeader title={t("backups")} description={t("backupsHint")} />
      {(rows.length > 0 || deploymentId !== null) && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <Form
            key={deploymentId}
            action="/backups"
            role="search"
            aria-label={t("filterBackups")}
            className="flex flex-wrap items-center gap-2"
          >
            <Choice
              name="deployment"
              label={t("deployment")}
              all={t("allDeployments")}
              value={deploymentId ?? ""}
              options={deployments.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Button type="submit">{t("filter")}</Button>
          </Form>
          <p className="text-muted text-sm">
            {t.rich("dumpsInAll", {
              dumps: there.length,
              filesize: () => <FileSize bytes={bytes} />,
            })}
            {unproven > 0 && t("notProven", { unproven })}
          </p>
        </div>
      )}
      {rows.length === 0 ? (
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
      {copying && <StillCopying />}
    </Page>
  );
}
