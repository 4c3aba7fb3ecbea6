import { identifier } from "#lib/commands/sql.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { flavourOf } from "#lib/domain/flavour.ts";
import type { SchemaObject } from "#lib/domain/schema-object.ts";
import type { SqlRow, SqlSession } from "./types.ts";

type Reader = Pick<SqlSession, "query" | "server">;

/**
 * The triggers, routines and events of a database with the statements that create them, in an order in
 * which they can be created. Read from the server's own SHOW CREATE, because no `mysqldump` writes them
 * right on every server (docs/adr/0032).
 *
 * @throws UpliftError metadb.rights_missing when the account may not see a body
 */
export async function readObjects(session: Reader, database: string): Promise<SchemaObject[]> {
  const { hasEvents } = flavourOf(session.server);
  const listed = [
    ...(await listRoutines(session, database)),
    ...(await listTriggers(session, database)),
    ...(hasEvents ? await listEvents(session, database) : []),
  ];
  const objects: SchemaObject[] = [];
  for (const one of listed) {
    const statement = await createStatement(session, database, one);
    objects.push({ ...one, statement });
  }
  return objects;
}

type Listed = Omit<SchemaObject, "statement">;

function listedOf(kind: SchemaObject["kind"], row: SqlRow): Listed {
  const text = (key: string) => String(row[key] ?? "");
  return {
    kind,
    name: text("name"),
    definer: text("definer").replaceAll(/['`]/g, ""),
    sqlMode: text("sqlMode"),
    collation: text("collation"),
    databaseCollation: text("databaseCollation"),
    timeZone: row.timeZone === undefined || row.timeZone === null ? null : text("timeZone"),
  };
}

const shared = `DEFINER AS definer, SQL_MODE AS sqlMode, COLLATION_CONNECTION AS collation,
  DATABASE_COLLATION AS databaseCollation`;

async function listRoutines(session: Reader, database: string): Promise<Listed[]> {
  const rows = await session.query(
    `SELECT ROUTINE_NAME AS name, ROUTINE_TYPE AS type, ${shared} FROM information_schema.ROUTINES
     WHERE ROUTINE_SCHEMA = ? ORDER BY ROUTINE_TYPE, ROUTINE_NAME`,
    [database],
  );
  return rows.map((row) => {
    const type = String(row.type);
    if (type === "FUNCTION" || type === "PROCEDURE") return listedOf(type, row);
    throw new UpliftError(
      "dump.object_unsupported",
      `${database} has a ${type.toLowerCase()}, ${row.name}, which Uplift cannot back up.`,
      { remedy: `Move ${row.name} to another database, or drop it, then check again.` },
    );
  });
}

/** In the order in which they fire: each is created after those that come before it. */
async function listTriggers(session: Reader, database: string): Promise<Listed[]> {
  const rows = await session.query(
    `SELECT TRIGGER_NAME AS name, ${shared} FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = ?
     ORDER BY EVENT_OBJECT_TABLE, EVENT_MANIPULATION, ACTION_TIMING, ACTION_ORDER, TRIGGER_NAME`,
    [database],
  );
  return rows.map((row) => listedOf("TRIGGER", row));
}

async function listEvents(session: Reader, database: string): Promise<Listed[]> {
  const rows = await session.query(
    `SELECT EVENT_NAME AS name, TIME_ZONE AS timeZone, ${shared} FROM information_schema.EVENTS
     WHERE EVENT_SCHEMA = ? ORDER BY EVENT_NAME`,
    [database],
  );
  return rows.map((row) => listedOf("EVENT", row));
}

/** The column of SHOW CREATE with the statement. */
const statementColumn: Record<SchemaObject["kind"], string> = {
  TRIGGER: "SQL Original Statement",
  FUNCTION: "Create Function",
  PROCEDURE: "Create Procedure",
  EVENT: "Create Event",
};

async function createStatement(
  session: Reader,
  database: string,
  { kind, name }: Listed,
): Promise<string> {
  const place = `${identifier(database)}.${identifier(name)}`;
  const [row] = await session.query(`SHOW CREATE ${kind} ${place}`);
  const statement = row?.[statementColumn[kind]];
  if (typeof statement === "string" && statement !== "") return statement;
  throw new UpliftError(
    "metadb.rights_missing",
    `The MetaDB's user may not see how ${kind.toLowerCase()} ${database}.${name} was made, so it cannot be backed up.`,
    {
      remedy: `Let the user see it (${flavourOf(session.server).seesRoutinesBy}), then check again.`,
    },
  );
}
