import type { DatabaseFacts } from "#lib/domain/facts.ts";
import { flavourOf } from "#lib/domain/flavour.ts";
import type { SqlRow, SqlSession } from "./types.ts";

/** What a database is made of, from information_schema. `exists` is false when there is none. */
export async function lookAtDatabase(
  session: Pick<SqlSession, "query" | "server">,
  name: string,
): Promise<DatabaseFacts> {
  const { hasEvents } = flavourOf(session.server);
  const [schema] = await session.query(
    "SELECT DEFAULT_CHARACTER_SET_NAME AS characterSet, DEFAULT_COLLATION_NAME AS collation FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?",
    [name],
  );
  const [tables] = await session.query(
    "SELECT SUM(TABLE_TYPE = 'BASE TABLE') AS tables, SUM(TABLE_TYPE = 'VIEW') AS views FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?",
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
    events: hasEvents ? await count("EVENTS", "EVENT_SCHEMA") : 0,
    foreignKeys: await count("REFERENTIAL_CONSTRAINTS", "CONSTRAINT_SCHEMA"),
    engines: engines.map((row) => String(row.engine ?? "unknown")),
    // A question of its own (lib/metadb/sizes.ts): not every server knows, and few who look need it.
    ...{ bytes: null, bytesEstimated: false },
  };
}

function textOf(row: SqlRow | undefined, key: string): string | null {
  const value = row?.[key];
  return value === undefined || value === null ? null : String(value);
}
