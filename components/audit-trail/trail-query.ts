import { orderOf, orderParam, type Sorting, sortedBy } from "#components/ui/list-view.ts";
import {
  addressOf,
  pageOf,
  pageParam,
  param,
  type SearchParams,
} from "#components/ui/search-params.ts";
import type { RunId } from "#lib/domain/ids.ts";
import type { CommandFilter } from "#lib/domain/run-story/commands-run.ts";
import type { CommandKey, StoryKey } from "#lib/domain/run-story/sort-trail.ts";
import type { Order } from "#lib/domain/sort-rows.ts";

export const storySorting: Sorting<StoryKey> = {
  columns: { time: "ascending", host: "ascending", outcome: "ascending", took: "descending" },
  usual: "time",
};

export const commandSorting: Sorting<CommandKey> = {
  columns: { time: "ascending", host: "ascending", exit: "descending", duration: "descending" },
  usual: "time",
};

/** What the address of a run's audit asks for; anything that makes no sense is left out. */
export interface TrailQuery extends CommandFilter {
  /** The story as a table, which alone can be sorted. */
  asTable: boolean;
  story: Order<StoryKey>;
  commands: Order<CommandKey>;
  /** Page of the commands. */
  page: number;
}

export function trailQueryOf(search: SearchParams): TrailQuery {
  const asTable = param(search, "view") === "table";
  return {
    asTable,
    story: orderOf(storySorting, asTable ? param(search, "sort") : ""),
    commands: orderOf(commandSorting, param(search, "commands")),
    host: param(search, "host"),
    text: param(search, "text"),
    page: pageOf(search),
  };
}

/** What stays in the address when the filter of the commands changes. */
export function keptOfTrail({ asTable, story, commands }: TrailQuery) {
  return {
    view: asTable ? "table" : "",
    sort: asTable ? orderParam(storySorting, story) : "",
    commands: orderParam(commandSorting, commands),
  };
}

export function trailAddress(runId: RunId, query: TrailQuery): string {
  return addressOf(`/runs/${runId}/audit`, {
    ...keptOfTrail(query),
    host: query.host,
    text: query.text,
    page: pageParam(query.page),
  });
}

/** The address with the story sorted by a column, or the other way round. */
export function storySortedBy(runId: RunId, query: TrailQuery, by: StoryKey): string {
  return trailAddress(runId, { ...query, story: sortedBy(storySorting, query.story, by) });
}

/** The address with the commands sorted by a column, from their first page. */
export function commandsSortedBy(runId: RunId, query: TrailQuery, by: CommandKey): string {
  const commands = sortedBy(commandSorting, query.commands, by);
  return trailAddress(runId, { ...query, commands, page: 1 });
}
