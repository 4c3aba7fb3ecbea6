import { Choice, FilterForm } from "#components/ui/filter-form.tsx";
import { Input } from "#components/ui/input.tsx";
import { useTranslations } from "#i18n";
import { type FleetListQuery, fleetHref, shows } from "./fleet-query.ts";

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
      label={t("filterDeployments")}
      here={fleetHref(path, { ...query, page: null })}
      all={fleetHref(path, { sort: query.sort })}
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
