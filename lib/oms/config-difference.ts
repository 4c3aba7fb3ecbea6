import type { ConfigEntry } from "#lib/domain/facts.ts";
import type { ConfigDifference } from "#lib/domain/init-decision.ts";

export interface ReadConfig {
  /** The node's name. */
  name: string;
  entries: readonly ConfigEntry[];
}

/**
 * The keys that are not the same in all of these files, in the order of the alphabet. A secret's
 * values are told apart but not shown. Pure.
 */
export function configDifferences(files: readonly ReadConfig[]): ConfigDifference[] {
  const keys = new Set(files.flatMap(({ entries }) => entries.map(({ key }) => key)));
  const read = files.map(({ name, entries }) => ({
    name,
    byKey: new Map(entries.map((entry) => [entry.key, entry])),
  }));
  return [...keys].sort().flatMap((key): ConfigDifference[] => {
    const here = read.map(({ name, byKey }) => ({ name, entry: byKey.get(key) }));
    const groups = Map.groupBy(here, ({ entry }) => entry?.value);
    if (groups.size < 2) return [];
    const secret = here.some(({ entry }) => entry?.secret);
    const values = [...groups].map(([value, members]) => ({
      text: secret || value === undefined ? null : value,
      absent: value === undefined,
      nodes: members.map(({ name }) => name),
    }));
    return [{ key, secret, values: values.sort((a, b) => b.nodes.length - a.nodes.length) }];
  });
}
