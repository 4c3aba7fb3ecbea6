import type { Check, DatabaseFacts } from "#lib/domain/facts.ts";
import { check, mebibytes } from "./check.ts";

/** What a database is made of, in a sentence; what there is none of is left out. */
export function describeDatabase(database: DatabaseFacts): string {
  const counted = [
    [database.tables, "tables"],
    [database.views, "views"],
    [database.triggers, "triggers"],
    [database.routines, "routines"],
    [database.events, "events"],
    [database.foreignKeys, "foreign keys"],
  ] as const;
  const parts = counted
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${what}`);
  const engines = database.engines.length > 0 ? `, ${database.engines.join(" and ")}` : "";
  return `${parts.join(", ") || "no tables"}; ${sizeOf(database)}, ${database.characterSet} with ${database.collation}${engines}.`;
}

/** `12.0 MiB`, or that nobody knows. */
function sizeOf({ bytes, bytesEstimated }: DatabaseFacts): string {
  if (bytes === null) return "of unknown size";
  return `${bytesEstimated ? "about " : ""}${mebibytes(bytes)} MiB`;
}

/** Engines without transactions, of which `mysqldump --single-transaction` takes no consistent copy. */
const unsafe = /^(MyISAM|Aria|MEMORY|CSV|ARCHIVE|MRG_MyISAM)$/i;

/** A dump of such tables is consistent only because OMS is stopped; who else writes to them must be known. */
export function engineCheck(key: string, scope: string, database: DatabaseFacts): Check[] {
  const found = database.engines.filter((engine) => unsafe.test(engine));
  if (found.length === 0) return [];
  return [
    check(
      `engine.${key}.${database.name}`,
      scope,
      `Tables of ${database.name}`,
      "warning",
      `${database.name} has tables of the engine ${found.join(" and ")}, which knows no transactions.`,
      "Make sure that nobody but OMS writes to this database while it is dumped.",
    ),
  ];
}
