import type { SearchParams } from "nuqs/server";
import { NoDeployments } from "#components/deployments/no-deployments.tsx";
import { FleetList } from "#components/fleet/fleet-list.tsx";
import { loadFleetQuery } from "#components/fleet/fleet-query.ts";
import { withMessages } from "#components/frame/messages.tsx";
import { ActiveRunList } from "#components/home/active-run-list.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader, Section } from "#components/ui/page-header.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import type { Translator } from "#lib/i18n/types.ts";
import { activeRuns } from "#lib/operations/active-runs.ts";
import { fleetPage, listFleet } from "#lib/operations/fleet.ts";

export default withMessages(["fleet", "home"], HomePage);

async function HomePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const query = await loadFleetQuery(searchParams);
  const [fleet, active] = await Promise.all([
    listFleet(actor, { ...query, order: query.sort }),
    activeRuns(actor),
  ]);
  return (
    <Page>
      <PageHeader title={t("home")} description={summary(fleet.all, active, t)} />
      <ActiveRunList />
      {fleet.all === 0 ? (
        <NoDeployments mayRegister={roleMay(actor.role, "inventory.change")} />
      ) : (
        <Section
          title={t("deployments")}
          actions={<TextLink href="/runs">{t("allRuns")}</TextLink>}
        >
          <FleetList path="/" {...{ query, fleet }} perPage={fleetPage} />
        </Section>
      )}
    </Page>
  );
}

function summary(
  deployments: number,
  active: readonly { status: string; awaitsPerson: boolean }[],
  t: Translator<"app">,
): string {
  if (deployments === 0) return t("nothingIsRegisteredYet");
  const waiting = active.filter((run) => run.status === "paused" || run.awaitsPerson).length;
  if (waiting > 0) return t("runsWait", { count: waiting });
  if (active.length > 0) return t("runsAreOn", { count: active.length });
  return t("noRunInProgress", { count: deployments });
}
