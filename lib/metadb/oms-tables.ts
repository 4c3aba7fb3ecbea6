import { identifier } from "#lib/commands/sql.ts";
import type { MetadbUse } from "#lib/domain/metadb-use.ts";
import { orNothing } from "./or-nothing.ts";
import type { SqlRow, SqlSession } from "./types.ts";

/** More rows than any OMS has nodes or locations: such a table lists something else. */
const mostRows = 2_000;

/** Names of tables that list servers of OMS, of the columns that hold their addresses, and so on. */
const known = {
  nodeTable: /(^|_)(node|host|machine|server)s?$/,
  locationTable: /(^|_)(location|region)s?(_cm)?$/,
  address: ["host_ip", "inner_ip", "ip", "address", "host"],
  location: ["location", "cm_location", "location_id"],
  region: ["region", "cm_region", "region_name", "region_cn"],
  lastSeen: ["last_seen", "last_heartbeat", "gmt_modified"],
} as const;

/** A table of cm and its columns. */
export interface OmsTable {
  /** As a person names it, `oms_cm.cm_node`. */
  name: string;
  from: string;
  lists: "nodes" | "locations";
  /** The column that says which node or location a row is about. */
  key: string;
  region: string | null;
  lastSeen: string | null;
}

type Session = Pick<SqlSession, "query">;

/**
 * The tables of cm that may list nodes or locations. The vendor documents none of them, so they are looked for by
 * their names and columns; what they hold decides whether they are taken for that (lib/domain/judge-use.ts).
 */
export async function omsTables(session: Session, cmDatabase: string): Promise<OmsTable[]> {
  const rows = await session.query(
    "SELECT c.TABLE_NAME AS name, c.COLUMN_NAME AS col FROM information_schema.COLUMNS c JOIN information_schema.TABLES t ON t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = c.TABLE_NAME WHERE c.TABLE_SCHEMA = ? AND t.TABLE_TYPE = 'BASE TABLE'",
    [cmDatabase],
  );
  const tables = Map.groupBy(rows, ({ name }) => String(name));
  return [...tables].flatMap(([name, all]): OmsTable[] => {
    const columns = new Map(all.map(({ col }) => [String(col).toLowerCase(), String(col)]));
    const first = (names: readonly string[]) =>
      names.flatMap((one) => columns.get(one) ?? []).at(0) ?? null;
    const from = `${identifier(cmDatabase)}.${identifier(name)}`;
    const about = { name: `${cmDatabase}.${name}`, from, region: first(known.region) };
    const lower = name.toLowerCase();
    const address = known.nodeTable.test(lower) ? first(known.address) : null;
    if (address !== null) {
      return [{ ...about, lists: "nodes", key: address, lastSeen: first(known.lastSeen) }];
    }
    const location = known.locationTable.test(lower) ? first(known.location) : null;
    return location === null
      ? []
      : [{ ...about, lists: "locations", key: location, lastSeen: null }];
  });
}

export async function readNodes(
  session: Session,
  tables: readonly OmsTable[],
): Promise<MetadbUse["nodes"]> {
  const rows = await readAll(session, tables, "nodes");
  return rows.map(({ table, what, region, lastSeen }) => ({
    table,
    address: what,
    region,
    lastSeen,
  }));
}

export async function readLocations(
  session: Session,
  tables: readonly OmsTable[],
): Promise<MetadbUse["locations"]> {
  const rows = await readAll(session, tables, "locations");
  return rows
    .filter(({ what }) => /^\d{1,3}$/.test(what))
    .map(({ table, what, region }) => ({ table, location: Number(what), region }));
}

interface ListedRow {
  table: string;
  what: string;
  region: string | null;
  lastSeen: string | null;
}

async function readAll(
  session: Session,
  tables: readonly OmsTable[],
  lists: OmsTable["lists"],
): Promise<ListedRow[]> {
  const found: ListedRow[] = [];
  for (const table of tables.filter((one) => one.lists === lists)) {
    const rows = await orNothing(session.query(statement(table)));
    if (rows.length > mostRows) continue;
    found.push(
      ...rows
        .filter(({ what }) => what !== null && String(what).trim() !== "")
        .map((row) => ({
          table: table.name,
          what: String(row.what).trim(),
          region: text(row, "region"),
          lastSeen: text(row, "lastSeen"),
        })),
    );
  }
  return found;
}

function statement({ from, key, region, lastSeen }: OmsTable): string {
  const column = (name: string | null) => (name === null ? "NULL" : identifier(name));
  return `SELECT ${column(key)} AS what, ${column(region)} AS region, ${lastSeen === null ? "NULL" : `CAST(${column(lastSeen)} AS CHAR)`} AS lastSeen FROM ${from} LIMIT ${mostRows + 1}`;
}

function text(row: SqlRow, key: string): string | null {
  const value = row[key];
  return value === null || value === undefined || value === "" ? null : String(value);
}
