import { isDeepStrictEqual } from "node:util";
import { type MetadbSnapshot, withoutLiveRows } from "#lab/metadb/snapshot.ts";

/** What of the databases is not what it was, by kind and name; a row's sum is made of each of its columns. Pure. */
export function differences(before: MetadbSnapshot, after: MetadbSnapshot): string[] {
  const [was, is] = [partsOf(before), partsOf(after)];
  const names = new Set([...was.keys(), ...is.keys()]);
  return [...names]
    .filter((name) => !isDeepStrictEqual(was.get(name), is.get(name)))
    .sort()
    .map((name) => `${name}: ${inWords(was.get(name), is.get(name))}`);
}

/** From where two definitions part, or what there is of others. */
function inWords(was: unknown, is: unknown): string {
  const [before, after] = [was, is].map((one) =>
    typeof one === "string" ? one : (JSON.stringify(one) ?? "nothing"),
  ) as [string, string];
  const parts = [...before].findIndex((character, index) => character !== after[index]);
  const from = Math.max(0, (parts < 0 ? before.length : parts) - 20);
  const [left, right] = [before, after].map((text) => text.slice(from, from + 100));
  return `${JSON.stringify(left)} before, ${JSON.stringify(right)} after`;
}

function partsOf(snapshot: MetadbSnapshot): Map<string, unknown> {
  const parts = Object.entries(withoutLiveRows(snapshot) as Record<string, object>);
  return new Map(
    parts.flatMap(([part, things]) =>
      Object.entries(things).map(([name, thing]): [string, unknown] => [`${part} ${name}`, thing]),
    ),
  );
}
