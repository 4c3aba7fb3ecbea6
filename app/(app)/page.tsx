import { NoDeployments } from "#components/deployments/no-deployments.tsx";
import { fleetQueryOf } from "#components/fleet/fleet-filter.ts";
import { FleetList } from "#components/fleet/fleet-list.tsx";
import type { SearchParams } from "#components/history/run-filter.ts";
import { ActiveRunList, WaitingRuns } from "#components/home/active-run-list.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader, Section } from "#components/ui/page-header.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { activeRuns } from "#lib/services/active-run.ts";
import { fleetPage, listFleet } from "#lib/services/fleet.ts";

export default async function HomePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requireActor();
  const query = fleetQueryOf(await searchParams);
  const [fleet, active] = await Promise.all([listFleet(actor, query), activeRuns(actor)]);
  return (
    <Page>
      <PageHeader title="Home" description={summary(fleet.all, active)} />
      <WaitingRuns />
      <ActiveRunList />
      {fleet.all === 0 ? (
        <NoDeployments mayRegister={roleMay(actor.role, "inventory.change")} />
      ) : (
        <Section title="Deployments" actions={<TextLink href="/runs">All runs</TextLink>}>
          <FleetList path="/" {...{ query, fleet }} perPage={fleetPage} />
        </Section>
      )}
    </Page>
  );
}

function summary(
  deployments: number,
  active: readonly { status: string; awaitsPerson: boolean }[],
): string {
  if (deployments === 0) return "Nothing is registered yet.";
  const waiting = active.filter((run) => run.status === "paused" || run.awaitsPerson).length;
  const registered = deployments === 1 ? "1 deployment" : `${deployments} deployments`;
  if (waiting > 0) return `${waiting === 1 ? "A run waits" : `${waiting} runs wait`} for a person.`;
  if (active.length > 0)
    return `${active.length === 1 ? "A run is" : `${active.length} runs are`} in progress.`;
  return `${registered}, no run in progress.`;
}
