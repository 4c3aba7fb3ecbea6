import { isDeepStrictEqual } from "node:util";
import { type MetadbSnapshot, withoutLiveRows } from "#lab/metadb/snapshot.ts";

/** What of the databases is not what it was, by kind and name; a row's sum is made of each of its columns. Pure. */
export function differences(before: MetadbSnapshot, after: MetadbSnapshot): string[] {
  const [was, is] = [partsOf(before), partsOf(after)];
  const names = new Set([...was.keys(), ...is.keys()]);
  return [...names].filter((name) => !isDeepStrictEqual(was.get(name), is.get(name))).sort();
}

function partsOf(snapshot: MetadbSnapshot): Map<string, unknown> {
  const parts = Object.entries(withoutLiveRows(snapshot) as Record<string, object>);
  return new Map(
    parts.flatMap(([part, things]) =>
      Object.entries(things).map(([name, thing]): [string, unknown] => [`${part} ${name}`, thing]),
    ),
  );
}
