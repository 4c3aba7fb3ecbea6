import { Server } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { useTranslations } from "#i18n";

/** What is said before the first deployment is registered. */
export function NoDeployments({ mayRegister }: { mayRegister: boolean }) {
  const t = useTranslations("deployments");
  return (
    <EmptyState
      icon={Server}
      title={t("noDeploymentsYet")}
      action={
        mayRegister && (
          <LinkButton href="/deployments/new" variant="primary">
            {t("registerADeployment")}
          </LinkButton>
        )
      }
    >
      {t("whatADeploymentIs", { isMayRegister: String(mayRegister) })}
    </EmptyState>
  );
}
