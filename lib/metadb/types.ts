import type { ServerIdentity } from "#lib/domain/flavour.ts";

/** A value that a statement may carry. */
export type SqlValue = string | number | null;

export type SqlRow = Record<string, string | number | null>;

/** One connection to a MySQL server, through a node. */
export interface SqlSession {
  /** Which server it is with. */
  readonly server: ServerIdentity;
  /** Rows of a query. @throws UpliftError metadb.* */
  query(sql: string, values?: readonly SqlValue[]): Promise<SqlRow[]>;
  /** Number of rows that a statement changed. @throws UpliftError metadb.* */
  execute(sql: string, values?: readonly SqlValue[]): Promise<number>;
  /** Runs the work in one transaction; an error rolls it back. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** How a session came about. */
export interface SessionSecurity {
  /** Null: it is not encrypted. */
  tls: { protocol: string; verified: boolean } | null;
  /**
   * The server let the user in because it remembers the password. Once it has forgotten it (a restart, FLUSH
   * PRIVILEGES), it will ask for the password itself, which this way to it does not give.
   */
  rememberedOnly: boolean;
}

export interface SecuredSession extends SqlSession {
  readonly secured: SessionSecurity;
}
