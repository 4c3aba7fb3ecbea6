import { Server } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { PagesNav } from "#components/ui/pages-nav.tsx";
import { tableOrder } from "#components/ui/query.ts";
import { useTranslations } from "#i18n";
import type { Fleet } from "#lib/operations/fleet.ts";
import { FleetFilterForm } from "./fleet-filter-form.tsx";
import { type FleetListQuery, fleetHref, fleetSorts } from "./fleet-query.ts";
import { FleetTable } from "./fleet-table.tsx";

export interface FleetListProps {
  /** The page it stands on. */
  path: string;
  query: FleetListQuery;
  fleet: Fleet;
  perPage: number;
}

/** The deployments with their filter and their pages. */
export function FleetList({ path, query, fleet, perPage }: FleetListProps) {
  const t = useTranslations("fleet");
  return (
    <>
      <FleetFilterForm path={path} query={query} versions={fleet.versions} />
      {fleet.rows.length === 0 ? (
        <EmptyState
          icon={Server}
          title={t("noSuchDeployments")}
          action={
            <LinkButton href={fleetHref(path, { sort: query.sort })}>
              {t("showAllDeployments")}
            </LinkButton>
          }
        >
          {t("noDeploymentFitsThisFilter")}
        </EmptyState>
      ) : (
        <FleetTable
          rows={fleet.rows}
          order={tableOrder(fleetSorts, query.sort, (sort) =>
            fleetHref(path, { ...query, sort, page: null }),
          )}
        />
      )}
      <PagesNav
        label={t("pagesOfDeployments")}
        {...{ page: query.page, perPage, found: fleet.found }}
        address={(page) => fleetHref(path, { ...query, page })}
      />
    </>
  );
}
