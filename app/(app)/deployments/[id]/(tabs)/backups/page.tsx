import type { Metadata } from "next";
import { BackupList } from "#components/backups/backup-list.tsx";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { Section } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { listBackups } from "#lib/services/backups.ts";
import { getDeployment } from "#lib/services/inventory-reading.ts";

export const metadata: Metadata = { title: "Backups" };

export default async function DeploymentBackupsPage({
  params,
}: {
  params: Promise<{ id: string }>;
}) {
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  await orNotFound(getDeployment(actor, id));
  const rows = await listBackups(actor, { deploymentId: id });
  return (
    <Section
      title="Backups"
      description="The dumps that upgrades made before they touched a schema, by run."
    >
      {rows.length === 0 ? (
        <p className="text-muted text-sm">No backups of this deployment yet.</p>
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
