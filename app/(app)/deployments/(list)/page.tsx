import { Plus } from "lucide-react";
import type { SearchParams } from "nuqs/server";
import { NoDeployments } from "#components/deployments/no-deployments.tsx";
import { FleetList } from "#components/fleet/fleet-list.tsx";
import { loadFleetQuery } from "#components/fleet/fleet-query.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { fleetPage, listFleet } from "#lib/operations/fleet.ts";

interface Props {
  searchParams: Promise<SearchParams>;
}

export const generateMetadata = pageTitle("deployments");

export default withMessages(["fleet"], DeploymentsPage);

async function DeploymentsPage({ searchParams }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const query = await loadFleetQuery(searchParams);
  const fleet = await listFleet(actor, { ...query, order: query.sort });
  const may = roleMay(actor.role, "inventory.change");
  return (
    <Page>
      <PageHeader
        title={t("deployments")}
        description={t("deploymentsHint")}
        actions={
          may &&
          fleet.all > 0 && (
            <LinkButton href="/deployments/new" variant="primary">
              <Plus aria-hidden="true" />
              {t("registerADeployment")}
            </LinkButton>
          )
        }
      />
      {fleet.all === 0 ? (
        <NoDeployments mayRegister={may} />
      ) : (
        <FleetList path="/deployments" {...{ query, fleet }} perPage={fleetPage} />
      )}
    </Page>
  );
}
