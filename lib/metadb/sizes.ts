import { identifier } from "#lib/commands/sql.ts";
import { flavourOf } from "#lib/domain/flavour.ts";
import { orNothing } from "./or-nothing.ts";
import type { SqlRow, SqlSession } from "./types.ts";

/** Rows that are read of a table to learn how long its rows are. */
const sampled = 200;

/** Tables whose sample one statement reads. */
const perStatement = 20;

/** What a table takes in a dump beside its rows. */
const definitionBytes = 2_048;

type Session = Pick<SqlSession, "query">;

/**
 * The size of a database in bytes: what the server's catalogue says, or where that says nothing of a table or nothing
 * that can be relied on (OceanBase counts compressed blocks of 2 MiB, and none at all until it has gathered
 * statistics) what its rows come to, by a sample of them and their number. Null: not known.
 *
 * @throws UpliftError metadb.*
 */
export async function databaseBytes(
  session: Session & Pick<SqlSession, "server">,
  database: string,
): Promise<{ bytes: number | null; estimated: boolean }> {
  const tables = await session.query(
    "SELECT TABLE_NAME AS name, COALESCE(DATA_LENGTH, 0) AS data, COALESCE(INDEX_LENGTH, 0) AS indexes FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE'",
    [database],
  );
  const { knowsSizes } = flavourOf(session.server);
  const isKnown = ({ data }: SqlRow) => knowsSizes && Number(data) > 0;
  const known = tables.filter(isKnown);
  const unknown = tables.filter((one) => !isKnown(one)).map(({ name }) => String(name));
  const bytes = known.reduce((sum, row) => sum + Number(row.data) + Number(row.indexes), 0);
  if (unknown.length === 0) return { bytes, estimated: false };
  const sizes = await sizesByRows(session, database, unknown);
  if (sizes === null) return { bytes: null, estimated: false };
  const estimated = sizes.reduce((sum, one) => sum + one, 0);
  return { bytes: bytes + estimated, estimated: true };
}

/** What the rows of tables come to as text, as a dump holds them; null when one cannot be told. */
async function sizesByRows(
  session: Session,
  database: string,
  tables: readonly string[],
): Promise<number[] | null> {
  const columns = await session.query(
    "SELECT TABLE_NAME AS name, COLUMN_NAME AS col FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ?",
    [database],
  );
  const columnsOf = Map.groupBy(columns, ({ name }) => String(name));
  const sizes: number[] = [];
  for (let from = 0; from < tables.length; from += perStatement) {
    const batch = tables.slice(from, from + perStatement);
    const statement = batch
      .map((table, nth) =>
        sampleOf(
          database,
          table,
          (columnsOf.get(table) ?? []).map(({ col }) => String(col)),
          nth,
        ),
      )
      .join(" UNION ALL ");
    const rows = await orNothing(session.query(statement));
    for (const [nth, table] of batch.entries()) {
      const row = rows.find((one) => Number(one.nth) === nth);
      if (!row) return null;
      const [count, bytes] = [Number(row.total), Number(row.bytes ?? 0)];
      if (count < sampled) {
        sizes.push(definitionBytes + bytes);
        continue;
      }
      const all = await estimatedRows(session, database, table);
      if (all === null) return null;
      sizes.push(definitionBytes + Math.ceil((bytes / count) * Math.max(all, count)));
    }
  }
  return sizes;
}

function sampleOf(database: string, table: string, columns: readonly string[], nth: number) {
  const lengths = columns.map((name) => `COALESCE(OCTET_LENGTH(${identifier(name)}), 0)`);
  const from = `${identifier(database)}.${identifier(table)}`;
  return `SELECT ${nth} AS nth, COUNT(*) AS total, SUM(${lengths.join(" + ") || "0"}) AS bytes FROM (SELECT * FROM ${from} LIMIT ${sampled}) AS sample${nth}`;
}

/** How many rows the server expects to read; OceanBase looks into its storage for that. Null: it does not say. */
async function estimatedRows(
  session: Session,
  database: string,
  table: string,
): Promise<number | null> {
  const from = `${identifier(database)}.${identifier(table)}`;
  const rows = await orNothing(session.query(`EXPLAIN FORMAT = JSON SELECT 1 FROM ${from}`));
  const text = rows.flatMap((row) => Object.values(row)).join("\n");
  const found = /"(?:EST\.ROWS|estimated_rows|rows_examined_per_scan|rows)"\s*:\s*(\d+)/.exec(text);
  return found ? Number(found[1]) : null;
}
