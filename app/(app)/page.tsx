import { DeploymentTable, newestRuns } from "#components/deployments/deployment-table.tsx";
import { NoDeployments } from "#components/deployments/no-deployments.tsx";
import { ActiveRunList, WaitingRuns } from "#components/home/active-run-list.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader, Section } from "#components/ui/page-header.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { activeRuns } from "#lib/services/active-run.ts";
import { listDeployments } from "#lib/services/inventory-reading.ts";
import { listRuns } from "#lib/services/runs.ts";

export default async function HomePage() {
  const actor = await requireActor();
  const [deployments, active, runs] = await Promise.all([
    listDeployments(actor),
    activeRuns(actor),
    listRuns(actor, { take: 200 }),
  ]);
  return (
    <Page>
      <PageHeader title="Home" description={summary(deployments.length, active)} />
      <WaitingRuns />
      <ActiveRunList />
      {deployments.length === 0 ? (
        <NoDeployments mayRegister={roleMay(actor.role, "inventory.change")} />
      ) : (
        <Section title="Deployments" actions={<TextLink href="/runs">All runs</TextLink>}>
          <DeploymentTable deployments={deployments} lastRuns={newestRuns(runs)} />
        </Section>
      )}
    </Page>
  );
}

function summary(deployments: number, active: readonly { status: string }[]): string {
  if (deployments === 0) return "Nothing is registered yet.";
  const waiting = active.filter((run) => run.status === "paused").length;
  const registered = deployments === 1 ? "1 deployment" : `${deployments} deployments`;
  if (waiting > 0) return `${waiting === 1 ? "A run waits" : `${waiting} runs wait`} for a person.`;
  if (active.length > 0)
    return `${active.length === 1 ? "A run is" : `${active.length} runs are`} in progress.`;
  return `${registered}, no run in progress.`;
}
