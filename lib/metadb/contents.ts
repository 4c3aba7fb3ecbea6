import {
  type Column,
  fingerprint,
  type HashFunction,
  hashFunctions,
} from "#lib/commands/fingerprint.ts";
import { identifier } from "#lib/commands/sql.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { flavourOf } from "#lib/domain/flavour.ts";
import { type SchemaObject, unqualified } from "#lib/domain/schema-object.ts";
import { readObjects } from "./objects.ts";
import type { SqlRow, SqlSession } from "./types.ts";

/** What a database holds, so that two can be compared. */
export interface Contents {
  tables: Map<string, TableContents>;
  /** Name to definition, in which the database's own name does not stand. */
  views: Map<string, string>;
  /** `KIND name` to definition. */
  objects: Map<string, string>;
}

export interface TableContents {
  rows: number;
  content: string;
  /** Columns, keys and partitions. */
  shape: string;
}

type Reader = Pick<SqlSession, "query" | "server">;

/** Tables that one statement reads; more of them mean fewer ways over the tunnel. */
const tablesAtOnce = 25;

/**
 * Reads every row of every table once. What goes on in the database meanwhile shows as a difference.
 *
 * @param only the tables to read; null: all
 * @param limit rows of each table to read; null: all
 * @param progress told of the tables read so far, and of all
 * @throws UpliftError rehearsal.failed on a server that calculates no hash
 */
export async function readContents(
  session: Reader,
  database: string,
  {
    only = null,
    limit = null,
    progress,
  }: {
    only?: readonly string[] | null;
    limit?: number | null;
    progress?: (done: number, total: number) => Promise<void>;
  } = {},
): Promise<Contents> {
  const hash = await hashFunctionOf(session);
  const wanted = only && new Set(only);
  const tables = (await shapesOf(session, database)).filter(
    ({ name }) => wanted === null || wanted.has(name),
  );
  const contents: Contents["tables"] = new Map();
  for (let from = 0; from < tables.length; from += tablesAtOnce) {
    const some = tables.slice(from, from + tablesAtOnce);
    const rows = await session.query(fingerprint(database, some, { hash, limit }));
    const byNumber = new Map(rows.map((row) => [Number(row.number), row]));
    for (const [number, { name, shape }] of some.entries()) {
      const row = byNumber.get(number);
      contents.set(name, { rows: Number(row?.total ?? -1), content: String(row?.content), shape });
    }
    await progress?.(Math.min(tables.length, from + tablesAtOnce), tables.length);
  }
  return {
    tables: contents,
    views: await viewsOf(session, database),
    objects: new Map((await readObjects(session, database)).map(objectEntry)),
  };
}

async function hashFunctionOf(session: Pick<SqlSession, "query">): Promise<HashFunction> {
  for (const hash of hashFunctions) {
    const [row] = await session.query(hash.probe).catch((): SqlRow[] => []);
    if (row?.hash === hash.answer) return hash;
  }
  throw new UpliftError(
    "rehearsal.failed",
    "The MetaDB calculates neither SHA2 nor MD5, by which contents are compared.",
    { remedy: "Skip the rehearsal, or set its limit to 0 in the deployment's settings." },
  );
}

interface Shape {
  name: string;
  columns: Column[];
  shape: string;
}

/** Everything of a table but its rows, as its server describes it. */
async function shapesOf(session: Reader, database: string): Promise<Shape[]> {
  const columns = await session.query(
    `SELECT t.TABLE_NAME AS tableName, t.TABLE_COLLATION AS tableCollation, c.COLUMN_NAME AS name,
            c.DATA_TYPE AS type, c.COLUMN_TYPE AS columnType, c.COLLATION_NAME AS collation,
            c.IS_NULLABLE AS nullable, c.COLUMN_DEFAULT AS def, c.EXTRA AS extra, c.COLUMN_COMMENT AS remark
       FROM information_schema.TABLES t JOIN information_schema.COLUMNS c
         ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
      WHERE t.TABLE_SCHEMA = ? AND t.TABLE_TYPE = 'BASE TABLE' ORDER BY t.TABLE_NAME, c.ORDINAL_POSITION`,
    [database],
  );
  const keys = await session.query(
    `SELECT TABLE_NAME AS tableName, INDEX_NAME AS name, NON_UNIQUE AS nonUnique, COLUMN_NAME AS col,
            INDEX_TYPE AS type, SUB_PART AS part FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`,
    [database],
  );
  const references = await session.query(
    `SELECT TABLE_NAME AS tableName, CONSTRAINT_NAME AS name, COLUMN_NAME AS col,
            REFERENCED_TABLE_NAME AS target, REFERENCED_COLUMN_NAME AS targetColumn
       FROM information_schema.KEY_COLUMN_USAGE
      WHERE TABLE_SCHEMA = ? AND REFERENCED_TABLE_NAME IS NOT NULL
      ORDER BY TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION`,
    [database],
  );
  const partitions = await session.query(
    `SELECT TABLE_NAME AS tableName, PARTITION_METHOD AS method, COUNT(*) AS total FROM information_schema.PARTITIONS
      WHERE TABLE_SCHEMA = ? AND PARTITION_NAME IS NOT NULL GROUP BY TABLE_NAME, PARTITION_METHOD ORDER BY TABLE_NAME`,
    [database],
  );
  const tables = new Map<string, Shape>();
  for (const { tableName, name, type, ...rest } of columns) {
    const key = String(tableName);
    const table = tables.get(key) ?? { name: key, columns: [], shape: "" };
    table.columns.push({ name: String(name), type: String(type) });
    table.shape += line("column", name, ...Object.values(rest));
    tables.set(key, table);
  }
  for (const [what, rows] of [
    ["key", keys],
    ["reference", references],
    ["partitions", partitions],
  ] as const) {
    for (const { tableName, ...rest } of rows) {
      const table = tables.get(String(tableName));
      if (table) table.shape += line(what, ...Object.values(rest).map(withoutSerial));
    }
  }
  return [...tables.values()];
}

/** OceanBase numbers the columns behind a full-text index: `__doc_id_1796129058318751`. */
const withoutSerial = (value: unknown) =>
  typeof value === "string" ? value.replace(/^(__\w*?_)\d{10,}$/, "$1") : value;

const line = (...values: unknown[]) => `${JSON.stringify(values)}\n`;

async function viewsOf(session: Reader, database: string): Promise<Contents["views"]> {
  const { viewsHaveDefiners } = flavourOf(session.server);
  const rows = await session.query(
    `SELECT TABLE_NAME AS name, VIEW_DEFINITION AS definition, CHECK_OPTION AS checked, DEFINER AS definer,
            SECURITY_TYPE AS security FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ?`,
    [database],
  );
  return new Map(
    rows.map(({ name, definition, definer, ...rest }) => [
      String(name),
      line(
        // Servers put the database's name into the text: a copy of the view differs in nothing else.
        withoutDatabase(String(definition), database),
        viewsHaveDefiners ? definer : null,
        ...Object.values(rest),
      ),
    ]),
  );
}

function withoutDatabase(text: string, database: string): string {
  return text.replaceAll(`${identifier(database)}.`, "");
}

function objectEntry(object: SchemaObject): [string, string] {
  const { kind, name, definer, sqlMode, timeZone } = object;
  // A practice event is the same but for never running.
  const text = (unqualified(object) ?? object.statement).replace(
    /(\bON COMPLETION (?:NOT )?PRESERVE )(?:ENABLE|DISABLE)\b/,
    "$1",
  );
  return [`${kind.toLowerCase()} ${name}`, line(definer, sqlMode, timeZone, text)];
}

/** In which ways two databases differ, as sentences. */
export interface Differences {
  /** Tables, columns, keys, views, triggers, routines and events. */
  shape: string[];
  /** Other rows in tables that both have. */
  rows: string[];
}

/**
 * The ways in which what was restored differs from where it came from. Pure.
 *
 * @param source.database the source's name: OceanBase leaves it in the text of a restored view
 */
export function contentDifferences(
  restored: Contents,
  source: Contents,
  { database = "" }: { database?: string } = {},
): Differences {
  const shape: string[] = [];
  const rows: string[] = [];
  for (const [name, was] of source.tables) {
    const is = restored.tables.get(name);
    if (!is) shape.push(`table ${name} is missing`);
    else if (is.shape !== was.shape) shape.push(`table ${name} has other columns or keys`);
    else if (is.rows !== was.rows) {
      rows.push(`table ${name} has ${is.rows} rows instead of ${was.rows}`);
    } else if (is.content !== was.content) rows.push(`table ${name} has another content`);
  }
  for (const name of restored.tables.keys()) {
    if (!source.tables.has(name)) shape.push(`table ${name} is there and should not be`);
  }
  const plain = (text: string) => (database === "" ? text : withoutDatabase(text, database));
  shape.push(...namedDifferences("view ", restored.views, source.views, plain));
  shape.push(...namedDifferences("", restored.objects, source.objects, plain));
  return { shape, rows };
}

function namedDifferences(
  prefix: string,
  restored: ReadonlyMap<string, string>,
  source: ReadonlyMap<string, string>,
  plain: (text: string) => string,
): string[] {
  const found: string[] = [];
  for (const [name, was] of source) {
    const is = restored.get(name);
    if (is === undefined) found.push(`${prefix}${name} is missing`);
    else if (plain(is) !== plain(was)) found.push(`${prefix}${name} is another one`);
  }
  for (const name of restored.keys()) {
    if (!source.has(name)) found.push(`${prefix}${name} is there and should not be`);
  }
  return found;
}
