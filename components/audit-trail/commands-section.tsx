import Form from "next/form";
import { Choice } from "#components/history/choice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";
import { LinkButton } from "#components/ui/link-button.tsx";
import { Section } from "#components/ui/page-header.tsx";
import type { RunId } from "#lib/domain/ids.ts";
import {
  type CommandFilter,
  type CommandLine,
  filterCommands,
} from "#lib/domain/run-story/commands-run.ts";
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
      title="Commands"
      description={countWords(found.length, commands.length, pages, page)}
      actions={
        <Form
          key={`${filter.host} ${filter.text}`}
          action={here}
          role="search"
          aria-label="Filter commands"
          className="flex flex-wrap items-center gap-2 print:hidden"
        >
          <Input
            name="text"
            type="search"
            aria-label="Text in command, output or step"
            placeholder="Command, output, step"
            defaultValue={filter.text}
            className="max-w-52 max-sm:max-w-none"
          />
          <Choice
            name="host"
            label="Host"
            all="All hosts"
            value={filter.host}
            options={hosts.map((host) => ({ value: host, label: host }))}
          />
          <Button type="submit">Filter</Button>
          {filtered && (
            <LinkButton href={`${here}#commands`} variant="ghost">
              Clear
            </LinkButton>
          )}
        </Form>
      }
    >
      {shown.length === 0 ? (
        <p className="text-muted text-sm">
          {filtered ? "No command fits this filter." : "No command was run."}
        </p>
      ) : (
        <CommandTable commands={shown} />
      )}
      {pages > 1 && (
        <nav aria-label="Pages of commands" className="flex gap-2 print:hidden">
          {page > 1 && <LinkButton href={address(page - 1)}>Earlier</LinkButton>}
          {page < pages && <LinkButton href={address(page + 1)}>Later</LinkButton>}
        </nav>
      )}
    </Section>
  );
}

function countWords(found: number, all: number, pages: number, page: number): string {
  const some = found === all ? `${all} commands` : `${found} of ${all} commands`;
  return pages > 1 ? `${some}, page ${page} of ${pages}` : some;
}
