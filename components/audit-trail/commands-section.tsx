import { Choice, FilterForm } from "#components/ui/filter-form.tsx";
import { Input } from "#components/ui/input.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { tableOrder } from "#components/ui/query.ts";
import { useTranslations } from "#i18n";
import type { RunId } from "#lib/domain/ids.ts";
import { type CommandLine, filterCommands } from "#lib/domain/run-story/commands-run.ts";
import { sortCommands } from "#lib/domain/run-story/sort-trail.ts";
import type { Translator } from "#lib/i18n/types.ts";
import { CommandTable } from "./command-table.tsx";
import { OnScreen } from "./on-screen.tsx";
import { commandSorts, type TrailQuery, trailHref } from "./trail-query.ts";

/** More would make the page slow to open and is not read; the download has them all. */
const atOnce = 200;

export interface CommandsSectionProps {
  runId: RunId;
  commands: readonly CommandLine[];
  query: TrailQuery;
}

/** The commands of a run, narrowed by host and text from the address, and sorted as it says. */
export function CommandsSection({ runId, commands, query }: CommandsSectionProps) {
  const t = useTranslations("audit-trail");
  const found = filterCommands(commands, query);
  const pages = Math.max(1, Math.ceil(found.length / atOnce));
  const page = Math.min(query.page, pages);
  const onPage = (lines: readonly CommandLine[]) => lines.slice((page - 1) * atOnce, page * atOnce);
  const shown = onPage(sortCommands(found, query.commands));
  const hosts = [...new Set(commands.map(({ host }) => host))].sort((a, b) => a.localeCompare(b));
  const filtered = query.host !== "" || query.text !== "";
  const here = `/runs/${runId}/audit#commands`;
  const all = trailHref(here, { ...query, host: null, text: null, page: null });
  const order = tableOrder(commandSorts, query.commands, (to) =>
    trailHref(`/runs/${runId}/audit`, { ...query, commands: to, page: null }),
  );
  const byTime = query.commands.by === "time" && !query.commands.descending;
  return (
    <Section
      id="commands"
      title={t("commands")}
      description={countWords(found.length, commands.length, pages, page, t)}
      actions={
        <FilterForm
          label={t("filterCommands")}
          here={trailHref(here, { ...query, page: null })}
          all={all}
          className="print:hidden"
        >
          <Input
            name="text"
            type="search"
            aria-label={t("textInCommandOutputOr")}
            placeholder={t("commandOutputStep")}
            defaultValue={query.text}
            className="max-w-52 max-sm:max-w-none"
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
        <p className="text-muted text-sm">
          {filtered ? t("noCommandFitsThisFilter") : t("noCommandWasRun")}
        </p>
      ) : (
        <OnScreen paper={!byTime && <CommandTable commands={onPage(found)} />}>
          <CommandTable commands={shown} order={order} />
        </OnScreen>
      )}
      {pages > 1 && (
        <nav aria-label={t("pagesOfCommands")} className="flex gap-2 print:hidden">
          {page > 1 && (
            <LinkButton href={trailHref(here, { ...query, page: page - 1 })}>
              {t("earlier")}
            </LinkButton>
          )}
          {page < pages && (
            <LinkButton href={trailHref(here, { ...query, page: page + 1 })}>
              {t("later")}
            </LinkButton>
          )}
        </nav>
      )}
    </Section>
  );
}

function countWords(
  found: number,
  all: number,
  pages: number,
  page: number,
  t: Translator<"audit-trail">,
): string {
  const some = found === all ? t("countAll", { all }) : t("countSome", { found, all });
  return pages > 1 ? t("countPage", { some, page, pages }) : some;
}
