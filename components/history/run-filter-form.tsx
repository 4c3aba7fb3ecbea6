import { Choice, FilterForm } from "#components/ui/filter-form.tsx";
import { Input } from "#components/ui/input.tsx";
import { useTranslations } from "#i18n";
import { runStatuses } from "#lib/domain/run.ts";
import { type RunQuery, runsHref } from "./run-query.ts";

export interface RunFilterFormProps {
  query: RunQuery;
  /** The deployment that the runs are narrowed to; the text finds the others. */
  deployment: { id: string; name: string } | null;
  people: readonly string[];
  versions: readonly string[];
}

/** Narrows the runs; the filter is in the address, to be sent to a colleague. */
export function RunFilterForm({ query, deployment, people, versions }: RunFilterFormProps) {
  const words = useTranslations("words");
  const t = useTranslations("history");
  return (
    <FilterForm
      label={t("filterRuns")}
      here={runsHref("/runs", { ...query, page: null })}
      all={runsHref("/runs", { sort: query.sort })}
    >
      <Input
        name="text"
        type="search"
        aria-label={t("textIn")}
        placeholder={t("textHint")}
        defaultValue={query.text}
        className="col-span-2 sm:max-w-60"
      />
      {deployment && (
        <Choice
          name="deployment"
          label={t("deployment")}
          all={t("allDeployments")}
          value={deployment.id}
          options={[{ value: deployment.id, label: deployment.name }]}
        />
      )}
      <Choice
        name="state"
        label={t("state")}
        all={t("allStates")}
        value={query.state ?? ""}
        options={runStatuses.map((value) => ({ value, label: words(`states.${value}`) }))}
      />
      <Choice
        name="version"
        label={t("version")}
        all={t("allVersions")}
        value={query.version}
        options={versions.map((value) => ({ value, label: value }))}
      />
      <Choice
        name="who"
        label={t("startedBy")}
        all={t("startedByAnyone")}
        value={query.who}
        options={people.map((value) => ({ value, label: value }))}
      />
      {/* The two ends of one span stay together. */}
      <span className="contents sm:flex sm:gap-2">
        <Day name="from" label={t("from")} value={query.from} />
        <Day name="to" label={t("to")} value={query.to} />
      </span>
    </FilterForm>
  );
}

/** The first or the last day, inclusive. */
function Day({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <span className="grid items-center gap-1.5 sm:flex">
      <label htmlFor={`runs-${name}`} className="text-muted text-xs">
        {label}
      </label>
      <Input
        id={`runs-${name}`}
        name={name}
        type="date"
        defaultValue={value}
        className="w-36 max-sm:w-full"
      />
    </span>
  );
}
