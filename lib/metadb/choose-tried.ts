import type { SqlSession } from "./types.ts";

/** A table with all that may make its dump or its restore another one than that of the others. */
export interface TriedTable {
  name: string;
  /** Types, collations, engines ... */
  features: readonly string[];
  /** Whether it is tried whatever the others cover. */
  always: boolean;
}

/**
 * Tables of which the restores prove those of all: every one with something special of its own, and of the
 * plain ones so many that each type, collation and engine is met. Pure.
 */
export function chooseTried(tables: readonly TriedTable[]): string[] {
  const chosen = tables.filter(({ always }) => always);
  const met = new Set(chosen.flatMap(({ features }) => features));
  // Those with most features first: fewer tables cover all.
  const rest = tables
    .filter(({ always }) => !always)
    .sort((a, b) => b.features.length - a.features.length || (a.name < b.name ? -1 : 1));
  for (const table of rest) {
    if (table.features.every((one) => met.has(one))) continue;
    for (const one of table.features) met.add(one);
    chosen.push(table);
  }
  return chosen.map(({ name }) => name).sort();
}

/**
 * The tables of a database with their features.
 *
 * @param texts definitions of views, triggers and routines: tables that they name must be there for them
 */
export async function tablesToTry(
  session: Pick<SqlSession, "query">,
  database: string,
  texts: readonly string[],
): Promise<TriedTable[]> {
  const rows = await session.query(
    `SELECT t.TABLE_NAME AS tableName, t.ENGINE AS engine, t.TABLE_COLLATION AS tableCollation,
            t.ROW_FORMAT AS rowFormat, c.DATA_TYPE AS type, c.COLLATION_NAME AS collation, c.EXTRA AS extra,
            c.COLUMN_DEFAULT AS def, c.COLUMN_NAME AS col
       FROM information_schema.TABLES t JOIN information_schema.COLUMNS c
         ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
      WHERE t.TABLE_SCHEMA = ? AND t.TABLE_TYPE = 'BASE TABLE' ORDER BY t.TABLE_NAME`,
    [database],
  );
  const special = new Set(
    (
      await session.query(
        `SELECT TABLE_NAME AS name FROM information_schema.PARTITIONS
          WHERE TABLE_SCHEMA = ? AND PARTITION_NAME IS NOT NULL
         UNION SELECT EVENT_OBJECT_TABLE FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ?
         UNION SELECT TABLE_NAME FROM information_schema.KEY_COLUMN_USAGE
          WHERE TABLE_SCHEMA = ? AND REFERENCED_TABLE_NAME IS NOT NULL
         UNION SELECT REFERENCED_TABLE_NAME FROM information_schema.KEY_COLUMN_USAGE
          WHERE TABLE_SCHEMA = ? AND REFERENCED_TABLE_NAME IS NOT NULL
         UNION SELECT TABLE_NAME FROM information_schema.STATISTICS
          WHERE TABLE_SCHEMA = ? AND (INDEX_TYPE <> 'BTREE' OR SUB_PART IS NOT NULL)
         UNION SELECT TABLE_NAME FROM information_schema.TABLE_CONSTRAINTS
          WHERE TABLE_SCHEMA = ? AND CONSTRAINT_TYPE = 'CHECK'`,
        Array.from({ length: 6 }, () => database),
      )
    ).map(({ name }) => String(name)),
  );
  const text = texts.join("\n").toLowerCase();
  return [...Map.groupBy(rows, ({ tableName }) => String(tableName))].map(([name, columns]) => ({
    name,
    features: [
      ...new Set([
        `engine ${columns[0]?.engine} ${columns[0]?.rowFormat} ${columns[0]?.tableCollation}`,
        ...columns.map(
          ({ type, collation, extra, def }) =>
            `${type} ${collation ?? ""} ${extra ?? ""} ${def === null ? "" : kindOfDefault(String(def))}`,
        ),
      ]),
    ],
    always:
      special.has(name) ||
      text.includes(name.toLowerCase()) ||
      !/^[a-z0-9_]+$/i.test(name) ||
      columns.some(
        ({ extra, col }) =>
          /GENERATED|PERSISTENT|VIRTUAL/i.test(String(extra)) || !isPlain(String(col)),
      ),
  }));
}

/** Calls and literals are written down differently; which number or text it is makes no difference. */
const kindOfDefault = (text: string) => (/[()]|^current_/i.test(text) ? text : "literal");

const isPlain = (name: string) => /^[a-z0-9_]+$/i.test(name);
