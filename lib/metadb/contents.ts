import { type Column, fingerprint, md5Probe } from "#lib/commands/fingerprint.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { SqlSession } from "./types.ts";

/** What a database holds, so that two can be compared: names, and for tables rows and content. */
export interface Contents {
  tables: Map<string, { rows: number; content: string; columns: string }>;
  views: string[];
  triggers: string[];
  routines: string[];
}

/** Tables that one statement reads; more of them mean fewer ways over the tunnel. */
const tablesAtOnce = 25;

/**
 * Reads every row of every table once. What goes on in the database meanwhile shows as a difference.
 *
 * @param progress told of the tables read so far, and of all
 * @throws UpliftError rehearsal.failed on a server that calculates no MD5
 */
export async function readContents(
  session: Pick<SqlSession, "query">,
  database: string,
  progress?: (done: number, total: number) => Promise<void>,
): Promise<Contents> {
  const [probe] = await session.query(md5Probe.statement);
  if (probe?.md5 !== md5Probe.answer) {
    throw new UpliftError(
      "rehearsal.failed",
      "The MySQL server calculates no MD5 (FIPS mode?), by which contents are compared.",
      { remedy: "Skip the rehearsal, or set its limit to 0 in the deployment's settings." },
    );
  }
  const names = async (from: string, what: string, where: string) =>
    (
      await session.query(
        `SELECT ${what} AS name FROM information_schema.${from} WHERE ${where} = ? ORDER BY name`,
        [database],
      )
    ).map(({ name }) => String(name));
  const tables = await tablesOf(session, database);
  const contents: Contents["tables"] = new Map();
  for (let from = 0; from < tables.length; from += tablesAtOnce) {
    const some = tables.slice(from, from + tablesAtOnce);
    const rows = await session.query(fingerprint(database, some));
    const byNumber = new Map(rows.map((row) => [Number(row.number), row]));
    for (const [number, { name, columns, shape }] of some.entries()) {
      const row = byNumber.get(number);
      contents.set(name, {
        rows: Number(row?.total ?? -1),
        content: String(row?.content),
        columns: `${columns.length} ${shape}`,
      });
    }
    await progress?.(Math.min(tables.length, from + tablesAtOnce), tables.length);
  }
  return {
    tables: contents,
    views: await names("VIEWS", "TABLE_NAME", "TABLE_SCHEMA"),
    triggers: await names("TRIGGERS", "TRIGGER_NAME", "TRIGGER_SCHEMA"),
    routines: await names("ROUTINES", "CONCAT(ROUTINE_TYPE, ' ', ROUTINE_NAME)", "ROUTINE_SCHEMA"),
  };
}

async function tablesOf(session: Pick<SqlSession, "query">, database: string) {
  const rows = await session.query(
    "SELECT t.TABLE_NAME AS tableName, t.TABLE_COLLATION AS tableCollation, c.COLUMN_NAME AS name, c.DATA_TYPE AS type, c.COLUMN_TYPE AS columnType, c.COLLATION_NAME AS collation FROM information_schema.TABLES t JOIN information_schema.COLUMNS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME WHERE t.TABLE_SCHEMA = ? AND t.TABLE_TYPE = 'BASE TABLE' ORDER BY t.TABLE_NAME, c.ORDINAL_POSITION",
    [database],
  );
  const tables = new Map<string, { name: string; columns: Column[]; shape: string }>();
  for (const row of rows) {
    const name = String(row.tableName);
    const table = tables.get(name) ?? { name, columns: [], shape: String(row.tableCollation) };
    table.columns.push({ name: String(row.name), type: String(row.type) });
    table.shape += `, ${row.name} ${row.columnType} ${row.collation ?? ""}`;
    tables.set(name, table);
  }
  return [...tables.values()];
}

/** In which ways two databases differ, as sentences. */
export interface Differences {
  /** Tables, columns, views, triggers and routines. */
  shape: string[];
  /** Other rows in tables that both have. */
  rows: string[];
}

/**
 * The ways in which what was restored differs from where it came from. Pure.
 *
 * @param withObjects whether triggers and routines were restored, too
 */
export function contentDifferences(
  restored: Contents,
  source: Contents,
  withObjects: boolean,
): Differences {
  const shape: string[] = [];
  const rows: string[] = [];
  for (const [name, was] of source.tables) {
    const is = restored.tables.get(name);
    if (!is) shape.push(`table ${name} is missing`);
    else if (is.columns !== was.columns) shape.push(`table ${name} has other columns`);
    else if (is.rows !== was.rows) {
      rows.push(`table ${name} has ${is.rows} rows instead of ${was.rows}`);
    } else if (is.content !== was.content) rows.push(`table ${name} has another content`);
  }
  for (const name of restored.tables.keys()) {
    if (!source.tables.has(name)) shape.push(`table ${name} is there and should not be`);
  }
  for (const kind of [
    "views",
    ...(withObjects ? (["triggers", "routines"] as const) : []),
  ] as const) {
    const [is, was] = [new Set(restored[kind]), new Set(source[kind])];
    for (const name of was.difference(is)) shape.push(`${kind}: ${name} is missing`);
    for (const name of is.difference(was)) shape.push(`${kind}: ${name} should not be there`);
  }
  return { shape, rows };
}
