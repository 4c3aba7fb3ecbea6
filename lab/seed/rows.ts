import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

export type Row = Record<string, string | number | null>;

/** Writes rows as they were read, with one prepared statement for each table. */
export class RowWriter {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  insert(table: string, row: Row): void {
    const columns = Object.keys(row);
    let statement = this.#statements.get(table);
    if (!statement) {
      const names = columns.map((column) => `"${column}"`).join(", ");
      const places = columns.map(() => "?").join(", ");
      statement = this.#database.prepare(`INSERT INTO "${table}" (${names}) VALUES (${places})`);
      this.#statements.set(table, statement);
    }
    statement.run(...(Object.values(row) as SQLInputValue[]));
  }
}

/** The rows of a table as plain values; the numbers here are far below 2^53. */
export function rowsOf(database: DatabaseSync, sql: string, ...values: string[]): Row[] {
  return database
    .prepare(sql)
    .all(...values)
    .map((row) => ({ ...row }) as Row);
}

/** The product's form of a moment in a DATETIME column. */
export const column = (ms: number): string => new Date(ms).toISOString().replace("Z", "+00:00");
