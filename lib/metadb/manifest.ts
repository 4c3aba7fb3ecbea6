import { sql } from "#lib/commands/sql.ts";
import type { DatabaseManifest } from "#lib/domain/backup.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { flavourOf } from "#lib/domain/flavour.ts";
import { lookAtDatabase } from "./look.ts";
import type { SqlRow, SqlSession } from "./types.ts";

/**
 * Everything that a restore is compared with: tables with their exact row counts, views, triggers
 * and routines. Reads each table once; OMS must be stopped for the counts to mean anything.
 *
 * @param progress told the tables counted so far, and all of them, after each statement
 * @throws UpliftError metadb.database_missing, metadb.query_failed
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
  const known = await session.query(
    "SELECT TABLE_NAME AS name, COALESCE(TABLE_ROWS, 0) AS estimate FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME",
    [database],
  );
  const tables: DatabaseManifest["tables"] = [];
  for (const names of countedTogether(known)) {
    const counts = await session.query(sql.countRows(database, names));
    const totals = new Map(counts.map(({ nth, total }) => [Number(nth), Number(total)]));
    for (const [nth, name] of names.entries()) {
      const rows = totals.get(nth);
      if (rows === undefined) throw uncounted(database, name);
      tables.push({ name, rows });
    }
    await progress?.(tables.length, known.length);
  }
  const { hasEvents } = flavourOf(session.server);
  return {
    characterSet: facts.characterSet ?? "",
    collation: facts.collation ?? "",
    serverVersion: session.server.version,
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
    events: hasEvents
      ? await list(
          "SELECT EVENT_NAME AS name FROM information_schema.EVENTS WHERE EVENT_SCHEMA = ? ORDER BY EVENT_NAME",
        )
      : [],
  };
}

/** So many tables are counted by one statement, and so many rows unless a table alone has more. */
const batch = { tables: 50, rows: 1_000_000 };

/** Tables in groups for one statement each: few round trips for small tables, progress among large ones. */
function countedTogether(tables: readonly SqlRow[]): string[][] {
  const groups: string[][] = [];
  let room = 0;
  for (const { name, estimate } of tables) {
    const last = groups.at(-1);
    if (last && last.length < batch.tables && Number(estimate) <= room) last.push(String(name));
    else {
      groups.push([String(name)]);
      room = batch.rows;
    }
    room -= Number(estimate);
  }
  return groups;
}

function uncounted(database: string, table: string): UpliftError {
  return new UpliftError(
    "metadb.query_failed",
    `The server was asked for the number of rows of ${database}.${table} and did not tell it.`,
    { remedy: "Retry the step." },
  );
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
