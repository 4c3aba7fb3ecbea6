import { Play } from "lucide-react";
import { cookies } from "next/headers";
import type { SearchParams } from "nuqs/server";
import { RunFilterForm } from "#components/history/run-filter-form.tsx";
import {
  loadRunQuery,
  type RunQuery,
  runSorts,
  runsHref,
  spanOfQuery,
} from "#components/history/run-query.ts";
import { RunTable } from "#components/history/run-table.tsx";
import { timeZoneCookie } from "#components/ui/cookies.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { validTimeZone } from "#components/ui/format.ts";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Page } from "#components/ui/page.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { PagesNav } from "#components/ui/pages-nav.tsx";
import { tableOrder } from "#components/ui/query.ts";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { getDeployment } from "#lib/operations/deployments.ts";
import { countRuns, listRuns, runChoices } from "#lib/operations/run-lists.ts";

interface Props {
  searchParams: Promise<SearchParams>;
}

export const generateMetadata = pageTitle("runs");

const perPage = 50;

export default async function RunsPage({ searchParams }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const query = await loadRunQuery(searchParams);
  const zone = validTimeZone((await cookies()).get(timeZoneCookie)?.value);
  const filter = {
    ...(query.deployment && { deploymentId: query.deployment }),
    ...(query.state && { status: query.state }),
    ...{ startedBy: query.who, version: query.version, text: query.text },
    ...spanOfQuery(query, zone),
  };
  const [runs, found, choices, deployment] = await Promise.all([
    listRuns(actor, {
      ...filter,
      order: query.sort,
      take: perPage,
      skip: (query.page - 1) * perPage,
    }),
    countRuns(actor, filter),
    runChoices(actor),
    // One that was deleted narrows to its runs all the same.
    query.deployment && getDeployment(actor, { deploymentId: query.deployment }).catch(() => null),
  ]);
  const none = runs.length === 0;
  const noneEver = choices.people.length === 0;
  return (
    <Page>
      <PageHeader title={t("runs")} description={t("runsHint")} />
      {!noneEver && (
        <RunFilterForm query={query} deployment={chosen(query, deployment)} {...choices} />
      )}
      {none && !noneEver && (
        <EmptyState
          icon={Play}
          title={t("noSuchRuns")}
          action={
            <LinkButton href={runsHref("/runs", { sort: query.sort })}>
              {t("showAllRuns")}
            </LinkButton>
          }
        >
          {t("noRunFitsThisFilter")}
        </EmptyState>
      )}
      {noneEver && (
        <EmptyState
          icon={Play}
          title={t("noRunsYet")}
          action={<LinkButton href="/deployments">{t("openTheDeployments")}</LinkButton>}
        >
          {t("noRunsHint")}
        </EmptyState>
      )}
      {!none && (
        <RunTable
          runs={runs}
          mayControl={roleMay(actor.role, "run.control")}
          order={tableOrder(runSorts, query.sort, (sort) =>
            runsHref("/runs", { ...query, sort, page: null }),
          )}
        />
      )}
      <PagesNav
        label={t("pagesOfRuns")}
        {...{ page: query.page, perPage, found }}
        address={(page) => runsHref("/runs", { ...query, page })}
      />
    </Page>
  );
}

function chosen({ deployment: id }: RunQuery, deployment: { name: string } | null) {
  return id && { id, name: deployment?.name ?? id };
}
