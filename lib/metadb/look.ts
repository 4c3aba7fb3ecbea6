import { sql } from "#lib/commands/sql.ts";
import type { DatabaseManifest } from "#lib/domain/backup.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { DatabaseFacts } from "#lib/domain/facts.ts";
import type { SqlRow, SqlSession } from "./types.ts";

/** What a database is made of, from information_schema. `exists` is false when there is none. */
export async function lookAtDatabase(session: SqlSession, name: string): Promise<DatabaseFacts> {
  const [schema] = await session.query(
    "SELECT DEFAULT_CHARACTER_SET_NAME AS characterSet, DEFAULT_COLLATION_NAME AS collation FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?",
    [name],
  );
  const [tables] = await session.query(
    "SELECT SUM(TABLE_TYPE = 'BASE TABLE') AS tables, SUM(TABLE_TYPE = 'VIEW') AS views, SUM(COALESCE(DATA_LENGTH, 0) + COALESCE(INDEX_LENGTH, 0)) AS bytes FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?",
    [name],
  );
  const count = async (from: string, column: string) =>
    Number(
      (
        await session.query(
          `SELECT COUNT(*) AS total FROM information_schema.${from} WHERE ${column} = ?`,
          [name],
        )
      )[0]?.total ?? 0,
    );
  const engines = await session.query(
    "SELECT DISTINCT ENGINE AS engine FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE' ORDER BY ENGINE",
    [name],
  );
  return {
    name,
    exists: schema !== undefined,
    characterSet: textOf(schema, "characterSet"),
    collation: textOf(schema, "collation"),
    tables: Number(tables?.tables ?? 0),
    views: Number(tables?.views ?? 0),
    triggers: await count("TRIGGERS", "TRIGGER_SCHEMA"),
    routines: await count("ROUTINES", "ROUTINE_SCHEMA"),
    events: await count("EVENTS", "EVENT_SCHEMA"),
    foreignKeys: await count("REFERENTIAL_CONSTRAINTS", "CONSTRAINT_SCHEMA"),
    engines: engines.map((row) => String(row.engine ?? "unknown")),
    bytes: Number(tables?.bytes ?? 0),
  };
}

/**
 * Everything that a restore is compared with: tables with their exact row counts, views, triggers
 * and routines. Reads each table once; OMS must be stopped for the counts to mean anything.
 *
 * @throws UpliftError metadb.database_missing
 */
export async function databaseManifest(
  session: SqlSession,
  database: string,
  progress?: (done: number, total: number) => Promise<void>,
): Promise<DatabaseManifest> {
  const facts = await lookAtDatabase(session, database);
  if (!facts.exists) {
    throw new UpliftError("metadb.database_missing", `There is no database ${database}.`, {
      remedy: "Check the database's name in the deployment.",
    });
  }
  const list = async (statement: string) =>
    (await session.query(statement, [database])).map((row) => String(row.name));
  const names = await list(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME",
  );
  const tables: DatabaseManifest["tables"] = [];
  for (const name of names) {
    const [row] = await session.query(sql.countRows(database, name));
    tables.push({ name, rows: Number(row?.total) });
    if (tables.length % 50 === 0) await progress?.(tables.length, names.length);
  }
  const [server] = await session.query("SELECT VERSION() AS version");
  return {
    characterSet: facts.characterSet ?? "",
    collation: facts.collation ?? "",
    serverVersion: String(server?.version ?? ""),
    tables,
    views: await list(
      "SELECT TABLE_NAME AS name FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME",
    ),
    triggers: await list(
      "SELECT TRIGGER_NAME AS name FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ? ORDER BY TRIGGER_NAME",
    ),
    routines: await list(
      "SELECT ROUTINE_NAME AS name FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ? ORDER BY ROUTINE_NAME",
    ),
    events: await list(
      "SELECT EVENT_NAME AS name FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ? ORDER BY EVENT_NAME",
    ),
  };
}

/** The ways in which a database differs from a manifest, as sentences; none when it is equal. */
export function manifestDifferences(seen: DatabaseManifest, wanted: DatabaseManifest): string[] {
  const differences: string[] = [];
  for (const key of ["characterSet", "collation"] as const) {
    if (seen[key] !== wanted[key]) {
      differences.push(`${key} is ${seen[key]} instead of ${wanted[key]}`);
    }
  }
  for (const key of ["views", "triggers", "routines", "events"] as const) {
    if (seen[key].join("\n") !== wanted[key].join("\n")) {
      differences.push(`${seen[key].length} ${key} instead of ${wanted[key].length}`);
    }
  }
  const rows = new Map(seen.tables.map((table) => [table.name, table.rows]));
  for (const table of wanted.tables) {
    const found = rows.get(table.name);
    if (found === undefined) differences.push(`table ${table.name} is missing`);
    else if (found !== table.rows) {
      differences.push(`table ${table.name} has ${found} rows instead of ${table.rows}`);
    }
    rows.delete(table.name);
  }
  for (const name of rows.keys()) differences.push(`table ${name} is there and should not be`);
  return differences;
}

/** The rights that dump, drop, create and restore need (docs/domain, sections 3 and 4). */
export const neededRights = [
  "SELECT",
  "INSERT",
  "UPDATE",
  "DELETE",
  "CREATE",
  "DROP",
  "ALTER",
  "INDEX",
  "LOCK TABLES",
] as const;

/** Needed as well where there are views. */
export const viewRights = ["SHOW VIEW", "CREATE VIEW"] as const;

/** Any right of a line shows the user what the line is about; with none of them it is hidden. */
const showingRights = [
  ["TRIGGER"],
  ["EVENT"],
  ["CREATE ROUTINE", "ALTER ROUTINE", "EXECUTE"],
] as const;

/**
 * `missing`: rights without which dump, drop, create or restore will fail. `blind`: rights without
 * which triggers, events or routines may exist and not be seen, so that a dump would leave them out.
 * Both as `RIGHT on database`, read from SHOW GRANTS.
 */
export async function lookAtRights(
  session: SqlSession,
  databases: readonly Pick<DatabaseFacts, "name" | "views">[],
): Promise<{ missing: string[]; blind: string[] }> {
  const grants = await session.query("SHOW GRANTS");
  const lines = grants.map((row) => String(Object.values(row)[0] ?? ""));
  const missing: string[] = [];
  const blind: string[] = [];
  for (const { name, views } of databases) {
    const held = new Set(lines.flatMap((line) => rightsFor(line, name)));
    if (held.has("ALL PRIVILEGES")) continue;
    const needed = [...neededRights, ...(views > 0 ? viewRights : [])];
    missing.push(
      ...needed.filter((right) => !held.has(right)).map((right) => `${right} on ${name}`),
    );
    for (const rights of showingRights) {
      if (!rights.some((right) => held.has(right))) blind.push(`${rights[0]} on ${name}`);
    }
  }
  return { missing, blind };
}

/** The rights in one line of SHOW GRANTS that hold for a whole database. */
export function rightsFor(grant: string, database: string): string[] {
  const match = /^GRANT (.+?) ON (.+?)\.\* TO /s.exec(grant);
  if (!match) return [];
  const [, rights = "", on = ""] = match;
  const pattern = on === "*" ? null : on.replace(/^`|`$/g, "").replaceAll("``", "`");
  if (pattern !== null && !likeMatches(pattern, database)) return [];
  return rights.split(",").map((right) => right.trim().toUpperCase());
}

/** Grants name databases by LIKE patterns, in which `_` stands for any character unless escaped. */
function likeMatches(pattern: string, name: string): boolean {
  let source = "";
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index] ?? "";
    const next = pattern[index + 1];
    if (char === "\\" && next !== undefined) {
      source += RegExp.escape(next);
      index++;
    } else source += char === "%" ? ".*" : char === "_" ? "." : RegExp.escape(char);
  }
  return new RegExp(`^${source}$`, "isu").test(name);
}

function textOf(row: SqlRow | undefined, key: string): string | null {
  const value = row?.[key];
  return value === undefined || value === null ? null : String(value);
}
