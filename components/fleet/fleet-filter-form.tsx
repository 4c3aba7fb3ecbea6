import { Choice } from "#components/history/choice.tsx";
import { FilterForm } from "#components/history/filter-form.tsx";
import { Input } from "#components/ui/input.tsx";
import type { FleetQuery } from "#lib/services/fleet.ts";
import { isFleetFiltered, shows } from "./fleet-filter.ts";

export interface FleetFilterFormProps {
  /** The page it stands on. */
  path: string;
  query: FleetQuery;
  versions: readonly string[];
}

/** Narrows the deployments; the filter is in the address. */
export function FleetFilterForm({ path, query, versions }: FleetFilterFormProps) {
  return (
    <FilterForm
      path={path}
      label="Filter deployments"
      query={query}
      filtered={isFleetFiltered(query)}
    >
      <Input
        name="text"
        type="search"
        aria-label="Text in deployment, region, node or address"
        placeholder="Deployment, region, node, address"
        defaultValue={query.text}
        className="w-64 max-sm:w-full"
      />
      <Choice
        name="version"
        label="Version"
        all="All versions"
        value={query.version}
        options={versions.map((value) => ({ value, label: value }))}
      />
      <Choice
        name="show"
        label="Show"
        all="All of them"
        value={query.show === "all" ? "" : query.show}
        options={Object.entries(shows).map(([value, label]) => ({ value, label }))}
      />
    </FilterForm>
  );
}
