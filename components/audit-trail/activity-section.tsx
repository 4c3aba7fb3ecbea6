import { Choice, FilterForm } from "#components/ui/filter-form.tsx";
import { Input } from "#components/ui/input.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { PagesNav } from "#components/ui/pages-nav.tsx";
import { tableOrder } from "#components/ui/query.ts";
import { useSaid, useTranslations } from "#i18n";
import type { RunId } from "#lib/domain/ids.ts";
import type { ActivityLine } from "#lib/domain/run-activity/activity.ts";
import {
  activityParts,
  filterActivity,
  sortActivity,
} from "#lib/domain/run-activity/activity-lines.ts";
import { ActivityTable } from "./activity-table.tsx";
import { activitySorts, type TrailQuery, trailHref } from "./trail-query.ts";

/** More would make the page slow to open and is not read; paper and the download have them all. */
const perPage = 200;

export interface ActivitySectionProps {
  runId: RunId;
  lines: readonly ActivityLine[];
  query: TrailQuery;
}

/** What happened in a run, narrowed and sorted as the address says. */
export function ActivitySection({ runId, lines, query }: ActivitySectionProps) {
  const t = useTranslations("audit-trail");
  const said = useSaid();
  const { sort, page } = query;
  const found = filterActivity(lines, query, said);
  const shown = sortActivity(found, sort).slice((page - 1) * perPage, page * perPage);
  const hosts = [...new Set(lines.flatMap(({ host }) => host ?? []))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const here = `/runs/${runId}/audit`;
  const activity = `${here}#activity`;
  return (
    <Section
      id="activity"
      title={t("activity")}
      description={t("lineCount", { found: found.length, all: lines.length })}
      actions={
        <FilterForm
          label={t("filterActivity")}
          here={trailHref(activity, { ...query, page: null })}
          all={trailHref(activity, { sort })}
          className="print:hidden"
        >
          <Input
            name="text"
            type="search"
            aria-label={t("textInAnyLine")}
            placeholder={t("textHint")}
            defaultValue={query.text}
            className="sm:w-52"
          />
          <Choice
            name="part"
            label={t("part")}
            value={query.part}
            options={activityParts.map((value) => ({ value, label: t(`parts.${value}`) }))}
          />
          <Choice
            name="host"
            label={t("host")}
            all={t("allHosts")}
            value={query.host}
            options={hosts.map((host) => ({ value: host, label: host }))}
          />
        </FilterForm>
      }
    >
      {shown.length === 0 ? (
        <p className="text-muted text-sm">{t("nothingFitsThisFilter")}</p>
      ) : (
        <ActivityTable
          lines={shown}
          order={tableOrder(activitySorts, sort, (to) =>
            trailHref(here, { ...query, sort: to, page: null }),
          )}
        />
      )}
      <PagesNav
        label={t("activityPages")}
        {...{ page, perPage, found: found.length }}
        address={(to) => trailHref(activity, { ...query, page: to })}
      />
    </Section>
  );
}
