import { Pencil } from "lucide-react";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { useTranslations } from "#i18n";
import type { Inventory } from "#lib/domain/inventory.ts";
import { type Role, roleMay } from "#lib/domain/roles.ts";
import type { RunRow } from "#lib/services/views.ts";
import { DeploymentMenu } from "./deployment-menu.tsx";
import { HealthBadge } from "./live-facts.tsx";

export interface DeploymentHeaderProps {
  deployment: Pick<Inventory, "id" | "name" | "version">;
  /** The run that is on. */
  active: RunRow | null;
  role: Role;
}

/** The name of a deployment, what runs there, and what can be done next. */
export function DeploymentHeader({ deployment, active, role }: DeploymentHeaderProps) {
  const t = useTranslations("deployments");
  const { id, name, version } = deployment;
  return (
    <PageHeader
      title={name}
      badges={
        <>
          <Badge mono>{version}</Badge>
          <HealthBadge />
        </>
      }
      actions={
        <>
          {active ? (
            <LinkButton href={`/runs/${active.id}`} variant="primary">
              {t("openTheRun")}
            </LinkButton>
          ) : (
            roleMay(role, "plan.create") && (
              <LinkButton href={`/deployments/${id}/upgrade`} variant="primary">
                {t("upgrade")}
              </LinkButton>
            )
          )}
          {roleMay(role, "inventory.change") && (
            <>
              <LinkButton href={`/deployments/${id}/edit`}>
                <Pencil aria-hidden="true" />
                {t("edit")}
              </LinkButton>
              <DeploymentMenu id={id} name={name} busy={active !== null} />
            </>
          )}
        </>
      }
    />
  );
}
