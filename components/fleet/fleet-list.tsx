import { Server } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { ListBar } from "#components/ui/list-bar.tsx";
import { PagesNav } from "#components/ui/pages-nav.tsx";
import { addressOf } from "#components/ui/search-params.ts";
import { useTranslations } from "#i18n";
import type { Fleet } from "#lib/services/fleet.ts";
import {
  type FleetListQuery,
  fleetAddress,
  fleetSortedBy,
  fleetWithout,
  keptOfFleet,
} from "./fleet-filter.ts";
import { FleetFilterForm } from "./fleet-filter-form.tsx";
import { FleetTable } from "./fleet-table.tsx";

export interface FleetListProps {
  /** The page it stands on. */
  path: string;
  query: FleetListQuery;
  fleet: Fleet;
  perPage: number;
}

/** The deployments with their filter, their columns and their pages. */
export function FleetList({ path, query, fleet, perPage }: FleetListProps) {
  const t = useTranslations("fleet");
  const { order, hidden } = query;
  return (
    <>
      <ListBar
        columns={{
          version: t("version"),
          nodes: t("regionsAndNodes"),
          ha: "HA",
          seen: t("seen"),
          run: t("run"),
        }}
        hidden={hidden}
        address={(column) => fleetWithout(path, query, column)}
      >
        <FleetFilterForm path={path} query={query} versions={fleet.versions} />
      </ListBar>
      {fleet.rows.length === 0 ? (
        <EmptyState
          icon={Server}
          title={t("noSuchDeployments")}
          action={
            <LinkButton href={addressOf(path, keptOfFleet(query))}>
              {t("showAllDeployments")}
            </LinkButton>
          }
        >
          {t("noDeploymentFitsThisFilter")}
        </EmptyState>
      ) : (
        <FleetTable
          rows={fleet.rows}
          hidden={hidden}
          order={{ ...order, address: (by) => fleetSortedBy(path, query, by) }}
        />
      )}
      <PagesNav
        label={t("pagesOfDeployments")}
        {...{ page: query.page, perPage, found: fleet.found }}
        address={(page) => fleetAddress(path, query, page)}
      />
    </>
  );
}
