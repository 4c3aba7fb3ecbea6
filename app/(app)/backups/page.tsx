import { DatabaseBackup } from "lucide-react";
import type { Metadata } from "next";
import Form from "next/form";
import { BackupList } from "#components/backups/backup-list.tsx";
import { StillCopying } from "#components/backups/still-copying.tsx";
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
import { listBackups } from "#lib/services/backups.ts";
import { listDeployments } from "#lib/services/inventory-reading.ts";

interface Props {
  searchParams: Promise<SearchParams>;
}

export const metadata: Metadata = { title: "Backups" };

export default async function BackupsPage({ searchParams }: Props) {
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
      <PageHeader
        title="Backups"
        description="The dumps that upgrades made before they touched a schema. How long they are kept, and whether each gets a second copy, is a setting of the deployment."
      />
      {(rows.length > 0 || deploymentId !== null) && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <Form
            key={deploymentId}
            action="/backups"
            role="search"
            aria-label="Filter backups"
            className="flex flex-wrap items-center gap-2"
          >
            <Choice
              name="deployment"
              label="Deployment"
              all="All deployments"
              value={deploymentId ?? ""}
              options={deployments.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <Button type="submit">Filter</Button>
          </Form>
          <p className="text-muted text-sm">
            {there.length === 1 ? "1 dump" : `${there.length} dumps`}, <FileSize bytes={bytes} /> in
            all
            {unproven > 0 && `, ${unproven} not proven`}
          </p>
        </div>
      )}
      {rows.length === 0 ? (
        <EmptyState
          icon={DatabaseBackup}
          title={deploymentId ? "No backups of this deployment" : "No backups yet"}
          action={<LinkButton href="/deployments">Open the deployments</LinkButton>}
        >
          Every upgrade dumps its databases once OMS stands still, and proves each dump before a
          schema is touched. The dumps are listed here with where they are.
        </EmptyState>
      ) : (
        <BackupList rows={rows} may={may} />
      )}
      {copying && <StillCopying />}
    </Page>
  );
}
