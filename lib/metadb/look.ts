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
