import { createHash } from "node:crypto";
import { identifier } from "./identifier.ts";
import type { Ask, DatabaseServer, Row } from "./server.ts";

/** Everything of some databases that a restore must bring back, in a form that compares with deepEqual. */
export interface MetadbSnapshot {
  databases: Record<string, { charset: string; collation: string }>;
  /** By "database.table". The definition is a hash of SHOW CREATE TABLE without its auto-increment counter. */
  tables: Record<string, { rows: number; checksum: string; definition: string }>;
  /** By "database.name": what SHOW CREATE answers, with the definer and the settings it was made under. */
  views: Record<string, string>;
  triggers: Record<string, string>;
  routines: Record<string, string>;
  events: Record<string, string>;
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
  server: DatabaseServer,
  databases: readonly string[],
): Promise<MetadbSnapshot> {
  const snapshot = emptySnapshot();
  await server.session(async (ask) => {
    for (const database of databases) await addDatabase(ask, database, snapshot);
  });
  return snapshot;
}

const emptySnapshot = (): MetadbSnapshot => ({
  databases: {},
  tables: {},
  views: {},
  triggers: {},
  routines: {},
  events: {},
});

/** What two servers have, as one. */
export function together(...snapshots: readonly MetadbSnapshot[]): MetadbSnapshot {
  const all = emptySnapshot();
  for (const snapshot of snapshots)
    for (const part of Object.keys(all) as (keyof MetadbSnapshot)[])
      Object.assign(all[part], snapshot[part]);
  return all;
}

async function addDatabase(ask: Ask, db: string, into: MetadbSnapshot) {
  const [schema] = await ask(
    "select default_character_set_name as cs, default_collation_name as co from information_schema.schemata where schema_name = ?",
    [db],
  );
  if (!schema) return; // Dropped: it is missing in the snapshot, too.
  into.databases[db] = { charset: text(schema, "cs"), collation: text(schema, "co") };
  const listed = await ask(
    "select table_name as name, table_type as type from information_schema.tables where table_schema = ? order by 1",
    [db],
  );
  const namesOf = (type: string) =>
    listed.filter((row) => row.type === type).map((row) => text(row, "name"));
  await addTables(ask, db, namesOf("BASE TABLE"), into);
  for (const view of namesOf("VIEW"))
    into.views[`${db}.${view}`] = await showCreate(ask, "view", db, view);
  await addCode(ask, db, into);
}

/**
 * Rows by a sum over a hash of each: the order in which a server returns them does not matter. Only functions that
 * every server has (MySQL 9 has no MD5, OceanBase no CHECKSUM TABLE).
 */
async function addTables(
  ask: Ask,
  db: string,
  tables: readonly string[],
  into: MetadbSnapshot,
): Promise<void> {
  const columns = await ask(
    "select table_name as t, column_name as c, data_type as d from information_schema.columns where table_schema = ? order by table_name, ordinal_position",
    [db],
  );
  const byTable = Map.groupBy(columns, (row) => text(row, "t"));
  const sums = tables.map((table, index) => {
    const values = (byTable.get(table) ?? []).map((row) => {
      const column = identifier(text(row, "c"));
      const isLong = /blob|text/.test(text(row, "d"));
      return `ifnull(${isLong ? `sha2(${column}, 256)` : `hex(concat(${column}, ''))`}, '-')`;
    });
    const rowHash = `sha2(concat_ws(',', ${values.join(", ")}), 256)`;
    return `select ${index} as i, count(*) as n, sum(cast(conv(left(${rowHash}, 14), 16, 10) as unsigned)) as s
      from ${identifier(db)}.${identifier(table)}`;
  });
  const found = new Map<number, Row>();
  for (let start = 0; start < sums.length; start += 50) {
    const rows = await ask(sums.slice(start, start + 50).join(" union all "));
    for (const row of rows) found.set(Number(row.i), row);
  }
  for (const [index, table] of tables.entries()) {
    const row = found.get(index);
    into.tables[`${db}.${table}`] = {
      rows: Number(row?.n),
      checksum: text(row, "s"),
      definition: hash(await showCreate(ask, "table", db, table)),
    };
  }
}

async function addCode(ask: Ask, db: string, into: MetadbSnapshot): Promise<void> {
  const names = async (column: string, from: string) =>
    (await ask(`select ${column} from information_schema.${from}`, [db])).map((row) => ({
      name: text(row, "name"),
      type: text(row, "type"),
    }));
  const triggers = "'trigger' as type, trigger_name as name";
  for (const { name } of await names(triggers, "triggers where trigger_schema = ?"))
    into.triggers[`${db}.${name}`] = await showCreate(ask, "trigger", db, name);
  const routines = "lower(routine_type) as type, routine_name as name";
  for (const { type, name } of await names(routines, "routines where routine_schema = ?"))
    into.routines[`${db}.${name}`] = await showCreate(ask, type, db, name);
  const [catalogue] = await ask(
    "select count(*) as n from information_schema.tables where table_schema = 'information_schema' and table_name = 'EVENTS'",
  );
  if (Number(catalogue?.n) === 0) return;
  const events = "'event' as type, event_name as name";
  for (const { name } of await names(events, "events where event_schema = ?"))
    into.events[`${db}.${name}`] = await showCreate(ask, "event", db, name);
}

/** What SHOW CREATE answers, without the time of creation and what a server words in another way after a restore. */
async function showCreate(ask: Ask, type: string, db: string, name: string): Promise<string> {
  const [row] = await ask(`show create ${type} ${identifier(db)}.${identifier(name)}`);
  const { Created: _, ...columns } = row ?? {};
  const words = Object.values(columns).join("\n");
  if (type === "trigger") return withoutOwnDatabase(words, db);
  return type === "table" ? settled(words) : words;
}

/**
 * OceanBase and MariaDB keep a trigger's head as somebody has typed it. With the database's name in it or without, it
 * is the same trigger.
 */
export function withoutOwnDatabase(words: string, db: string): string {
  const [head = "", ...body] = words.split(/(?=\bfor\s+each\s+row\b)/i);
  return [head.replaceAll(`${identifier(db)}.`, ""), ...body].join("");
}

/** A table's definition as it is before and after a restore. */
export function settled(definition: string): string {
  // The counter may jump; MySQL then names the character set that the collation implies.
  const words = definition
    .replace(/ AUTO_INCREMENT ?= ?\d+/, "")
    .replaceAll(/ CHARACTER SET \w+(?= COLLATE )/g, "");
  // OceanBase lists foreign keys in any order.
  const lines = words.split("\n").map((line) => line.trim().replace(/ ?,$/, ""));
  const isConstraint = (line: string) => line.startsWith("CONSTRAINT ");
  const constraints = lines.filter(isConstraint).sort();
  return [...lines.filter((line) => !isConstraint(line)), ...constraints].join("\n");
}
