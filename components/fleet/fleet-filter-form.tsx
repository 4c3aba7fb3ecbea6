import { Choice } from "#components/history/choice.tsx";
import { FilterForm } from "#components/history/filter-form.tsx";
import { Input } from "#components/ui/input.tsx";
import { useTranslations } from "#i18n";
import { type FleetListQuery, isFleetFiltered, keptOfFleet, shows } from "./fleet-filter.ts";

export interface FleetFilterFormProps {
  /** The page it stands on. */
  path: string;
  query: FleetListQuery;
  versions: readonly string[];
}

/** Narrows the deployments; the filter is in the address. */
export function FleetFilterForm({ path, query, versions }: FleetFilterFormProps) {
  const t = useTranslations("fleet");
  return (
    <FilterForm
      path={path}
      label={t("filterDeployments")}
      query={query}
      filtered={isFleetFiltered(query)}
      kept={keptOfFleet(query)}
    >
      <Input
        name="text"
        type="search"
        aria-label={t("textIn")}
        placeholder={t("textHint")}
        defaultValue={query.text}
        className="w-64 max-sm:w-full"
      />
      <Choice
        name="version"
        label={t("version")}
        all={t("allVersions")}
        value={query.version}
        options={versions.map((value) => ({ value, label: value }))}
      />
      <Choice
        name="show"
        label={t("show")}
        all={t("inAnyState")}
        value={query.show === "all" ? "" : query.show}
        options={shows.map((value) => ({ value, label: t(`shows.${value}`) }))}
      />
    </FilterForm>
  );
}
