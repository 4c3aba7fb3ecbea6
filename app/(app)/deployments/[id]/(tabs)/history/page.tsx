import type { SearchParams } from "nuqs/server";
import { deploymentIdOf, orNotFound } from "#components/deployments/page-params.ts";
import { RunTable } from "#components/history/run-table.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { PagesNav } from "#components/ui/pages-nav.tsx";
import { loadPage, pageHref } from "#components/ui/query.ts";
import { TextLink } from "#components/ui/text-link.tsx";
import { requireActor } from "#lib/actions/session.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { pageTitle } from "#lib/i18n/page-title.ts";
import { getTranslations } from "#lib/i18n/server.ts";
import { getDeployment } from "#lib/operations/deployments.ts";
import { countRuns, listRuns } from "#lib/operations/run-lists.ts";

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export const generateMetadata = pageTitle("history");

const perPage = 50;

export default async function HistoryPage({ params, searchParams }: Props) {
  const t = await getTranslations("app");
  const actor = await requireActor();
  const id = await deploymentIdOf(params);
  await orNotFound(getDeployment(actor, { deploymentId: id }));
  const { page } = await loadPage(searchParams);
  const [runs, found] = await Promise.all([
    listRuns(actor, { deploymentId: id, take: perPage, skip: (page - 1) * perPage }),
    countRuns(actor, { deploymentId: id }),
  ]);
  return (
    <Section
      title={t("runs")}
      actions={<TextLink href={`/runs?deployment=${id}`}>{t("filterThem")}</TextLink>}
    >
      {found === 0 ? (
        <p className="text-muted text-sm">{t("noUpgradeYet")}</p>
      ) : (
        <RunTable runs={runs} mayControl={roleMay(actor.role, "run.control")} />
      )}
      <PagesNav
        label={t("pagesOfRuns")}
        {...{ page, perPage, found }}
        address={(to) => pageHref(`/deployments/${id}/history`, { page: to })}
      />
    </Section>
  );
}
