import Form from "next/form";
import { Choice } from "#components/history/choice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/page-header.tsx";
import { useTranslations } from "#i18n";
import type { RunId } from "#lib/domain/ids.ts";
import {
  type CommandFilter,
  type CommandLine,
  filterCommands,
} from "#lib/domain/run-story/commands-run.ts";
import type { Translator } from "#lib/i18n/types.ts";
import { CommandTable } from "./command-table.tsx";

/** More would make the page slow to open and is not read; the download has them all. */
const atOnce = 200;

export interface CommandsSectionProps {
  runId: RunId;
  commands: readonly CommandLine[];
  filter: CommandFilter & { page: number };
}

/** The commands of a run, narrowed by host and text from the address. */
export function CommandsSection({ runId, commands, filter }: CommandsSectionProps) {
  const t = useTranslations("audit-trail");
  const here = `/runs/${runId}/audit`;
  const found = filterCommands(commands, filter);
  const pages = Math.max(1, Math.ceil(found.length / atOnce));
  const page = Math.min(Math.max(1, filter.page), pages);
  const shown = found.slice((page - 1) * atOnce, page * atOnce);
  const hosts = [...new Set(commands.map(({ host }) => host))].sort((a, b) => a.localeCompare(b));
  const filtered = filter.host !== "" || filter.text !== "";
  const address = (to: number) => {
    const query = new URLSearchParams({ host: filter.host, text: filter.text, page: String(to) });
    return `${here}?${query}#commands`;
  };
  return (
    <Section
      id="commands"
      title={t("commands")}
      description={countWords(found.length, commands.length, pages, page, t)}
      actions={
        <Form
          key={`${filter.host} ${filter.text}`}
          action={here}
          role="search"
          aria-label={t("filterCommands")}
          className="flex flex-wrap items-center gap-2 print:hidden"
        >
          <Input
            name="text"
            type="search"
            aria-label={t("textInCommandOutputOr")}
            placeholder={t("commandOutputStep")}
            defaultValue={filter.text}
            className="max-w-52 max-sm:max-w-none"
          />
          <Choice
            name="host"
            label={t("host")}
            all={t("allHosts")}
            value={filter.host}
            options={hosts.map((host) => ({ value: host, label: host }))}
          />
          <Button type="submit">{t("filter")}</Button>
          {filtered && (
            <LinkButton href={`${here}#commands`} variant="ghost">
              {t("clear")}
            </LinkButton>
          )}
        </Form>
      }
    >
      {shown.length === 0 ? (
        <p className="text-muted text-sm">
          {filtered ? t("noCommandFitsThisFilter") : t("noCommandWasRun")}
        </p>
      ) : (
        <CommandTable commands={shown} />
      )}
      {pages > 1 && (
        <nav aria-label={t("pagesOfCommands")} className="flex gap-2 print:hidden">
          {page > 1 && <LinkButton href={address(page - 1)}>{t("earlier")}</LinkButton>}
          {page < pages && <LinkButton href={address(page + 1)}>{t("later")}</LinkButton>}
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
