import { createHash } from "node:crypto";
import { identifier } from "./identifier.ts";
import type { MariaDb, Row } from "./mariadb.ts";

/** Everything of some databases that a restore must bring back, in a form that compares with deepEqual. */
export interface MetadbSnapshot {
  databases: Record<string, { charset: string; collation: string }>;
  /** By "database.table". The definition is a hash of SHOW CREATE TABLE without its auto-increment counter. */
  tables: Record<string, { rows: number; checksum: string; definition: string }>;
  /** By "database.view": the definition's text. */
  views: Record<string, string>;
  triggers: Record<string, string>;
  routines: Record<string, string>;
}

/** Tables that a running OMS writes by itself, and the one that HA's settings stand in. */
export const liveTables = /\.(heatbeat_sequence|cm_node|oms_normal_config)$/;

/** A snapshot with only the definitions of what OMS itself goes on writing. */
export function withoutLiveRows(snapshot: MetadbSnapshot): unknown {
  const tables = Object.entries(snapshot.tables).map(([name, table]) => [
    name,
    liveTables.test(name) ? table.definition : table,
  ]);
  return { ...snapshot, tables: Object.fromEntries(tables) };
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 16);
const text = (row: Row | undefined, column: string) => String(row?.[column] ?? "");

export async function takeSnapshot(
  server: MariaDb,
  databases: readonly string[],
): Promise<MetadbSnapshot> {
  const snapshot: MetadbSnapshot = {
    databases: {},
    tables: {},
    views: {},
    triggers: {},
    routines: {},
  };
  for (const database of databases) await addDatabase(server, database, snapshot);
  return snapshot;
}

async function addDatabase(server: MariaDb, db: string, into: MetadbSnapshot): Promise<void> {
  const [schema] = await server.query(
    "select default_character_set_name as cs, default_collation_name as co from information_schema.schemata where schema_name = ?",
    [db],
  );
  if (!schema) return; // Dropped: it is missing in the snapshot, too.
  into.databases[db] = { charset: text(schema, "cs"), collation: text(schema, "co") };
  const listed = await server.query(
    "select table_name as name, table_type as type from information_schema.tables where table_schema = ? order by 1",
    [db],
  );
  const tables = listed.filter((row) => row.type === "BASE TABLE").map((row) => text(row, "name"));
  const names = tables.map((table) => `${identifier(db)}.${identifier(table)}`);
  if (names.length > 0) {
    const checksums = await server.query(`checksum table ${names.join(", ")} extended`);
    const counts = await server.query(
      names.map((name, i) => `select ${i} as i, count(*) as n from ${name}`).join(" union all "),
    );
    for (const [i, table] of tables.entries()) {
      const [created] = await server.query(`show create table ${names[i]}`);
      const definition = text(created, "Create Table").replace(/ AUTO_INCREMENT=\d+/, "");
      into.tables[`${db}.${table}`] = {
        rows: Number(counts.find((row) => Number(row.i) === i)?.n),
        checksum: text(checksums[i], "Checksum"),
        definition: hash(definition),
      };
    }
  }
  const views =
    "select table_name as name, concat_ws(' ', definer, security_type, view_definition) as body from information_schema.views where table_schema = ?";
  const triggers =
    "select trigger_name as name, concat_ws(' ', definer, action_timing, event_manipulation, event_object_table, action_statement) as body from information_schema.triggers where trigger_schema = ?";
  const routines =
    "select routine_name as name, concat_ws(' ', definer, routine_type, routine_definition) as body from information_schema.routines where routine_schema = ?";
  for (const [target, sql] of [
    [into.views, views],
    [into.triggers, triggers],
    [into.routines, routines],
  ] as const)
    for (const row of await server.query(sql, [db]))
      target[`${db}.${text(row, "name")}`] = text(row, "body");
}
