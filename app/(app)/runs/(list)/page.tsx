import { Play } from "lucide-react";
import type { Metadata } from "next";
import {
  isFiltered,
  runQueryOf,
  runsAddress,
  type SearchParams,
} from "#components/history/run-filter.ts";
import { RunFilterForm } from "#components/history/run-filter-form.tsx";
import { RunTable } from "#components/history/run-table.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { listDeployments } from "#lib/services/inventory-reading.ts";
import { listRunStarters, listRuns } from "#lib/services/runs.ts";

interface Props {
  searchParams: Promise<SearchParams>;
}

export const metadata: Metadata = { title: "Runs" };

const perPage = 50;

export default async function RunsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = runQueryOf(await searchParams);
  const [found, deployments, people] = await Promise.all([
    listRuns(actor, {
      ...(query.deploymentId && { deploymentId: query.deploymentId }),
      ...(query.status && { status: query.status }),
      ...(query.who && { startedBy: query.who }),
      ...(query.text && { text: query.text }),
      ...(query.before && { before: query.before }),
      take: perPage + 1,
    }),
    listDeployments(actor),
    listRunStarters(actor),
  ]);
  const runs = found.slice(0, perPage);
  const last = runs.at(-1);
  const older = found.length > perPage && last ? last.createdAt : null;
  const none = runs.length === 0;
  return (
    <Page>
      <PageHeader
        title="Runs"
        description="Every upgrade and rollback, newest first. Each keeps its journal, its log and its dumps."
      />
      {(!none || people.length > 0) && (
        <RunFilterForm query={query} deployments={deployments} people={people} />
      )}
      {none && (isFiltered(query) || people.length > 0) && (
        <EmptyState
          icon={Play}
          title="No such runs"
          action={<LinkButton href="/runs">Show all runs</LinkButton>}
        >
          No run fits this filter.
        </EmptyState>
      )}
      {none && people.length === 0 && (
        <EmptyState
          icon={Play}
          title="No runs yet"
          action={<LinkButton href="/deployments">Open the deployments</LinkButton>}
        >
          A run is one upgrade of one deployment, with its rollback if there was one. Start the
          first from a deployment.
        </EmptyState>
      )}
      {!none && <RunTable runs={runs} mayControl={roleMay(actor.role, "run.control")} />}
      {(query.before !== null || older !== null) && (
        <nav aria-label="Pages" className="flex gap-2">
          {query.before !== null && <LinkButton href={runsAddress(query, null)}>Newest</LinkButton>}
          {older !== null && <LinkButton href={runsAddress(query, older)}>Older</LinkButton>}
        </nav>
      )}
    </Page>
  );
}
