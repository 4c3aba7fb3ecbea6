import { PrismaLibSql } from "@prisma/adapter-libsql";

type LibSqlClient = ReturnType<PrismaLibSql["createClient"]>;
type LibSqlTransaction = Awaited<ReturnType<LibSqlClient["transaction"]>>;
type Statement = Parameters<LibSqlTransaction["execute"]>[0];
type LibSqlConfig = Parameters<PrismaLibSql["createClient"]>[0];

/** How long a statement waits for another process's write, milliseconds. */
const busyTimeout = 10_000;

const configOf = (file: string): LibSqlConfig => ({ url: `file:${file}`, timeout: busyTimeout });

/**
 * libSQL's client begins a transaction on its connection and then opens another one for the next
 * statement: PRAGMAs are lost with every transaction and connections pile up until the garbage
 * collector closes them. Prisma's adapter lets nothing run beside a transaction anyway, so here the
 * one connection is kept. `BEGIN IMMEDIATE` takes the write lock at once: a transaction that reads
 * first and writes later cannot fail half-way because another process wrote in between.
 */
export class SqliteAdapter extends PrismaLibSql {
  constructor(file: string) {
    super(configOf(file));
  }

  override createClient(config: LibSqlConfig): LibSqlClient {
    const client = super.createClient(config);
    const transaction = async (): Promise<ReturnType<typeof transactionOn>> => {
      try {
        await client.execute("BEGIN IMMEDIATE");
      } catch (error) {
        // A transaction whose end failed (a full disk, say) would block the connection for ever. If
        // there is none, the rollback fails and the error is about something else.
        await client.execute("ROLLBACK").catch(() => Promise.reject(error));
        await client.execute("BEGIN IMMEDIATE");
      }
      return transactionOn(client);
    };
    return Object.assign(client, { transaction }) as LibSqlClient;
  }
}

/** A connection without Prisma, to be closed. */
export function openClient(file: string): LibSqlClient {
  return new PrismaLibSql(configOf(file)).createClient(configOf(file));
}

/** A database file that is used for its lock alone; an attempt to take it does not wait. */
export function openLockFile(file: string): LibSqlClient {
  return new PrismaLibSql(configOf(file)).createClient({ ...configOf(file), timeout: 0 });
}

function transactionOn(client: LibSqlClient) {
  return {
    execute: client.execute.bind(client),
    commit: async () => {
      try {
        await client.execute("COMMIT");
      } catch (error) {
        // SQLite may leave the transaction open: on a connection that is kept it would swallow all
        // that comes after. When it is closed already, this fails and nothing is lost.
        await client.execute("ROLLBACK").catch(() => undefined);
        throw error;
      }
    },
    rollback: async () => {
      await client.execute("ROLLBACK");
    },
    close: () => undefined,
  };
}

/**
 * The adapter for the schema engine: everything it does, its own book-keeping included, is in one
 * transaction that `commit` ends. A crash or an error half-way leaves the database as it was.
 */
export class SqliteMigrationAdapter extends PrismaLibSql {
  #open: Promise<LibSqlTransaction> | undefined;
  #main: LibSqlClient | undefined;

  constructor(file: string) {
    super(configOf(file));
  }

  override createClient(config: LibSqlConfig): LibSqlClient {
    const client = super.createClient(config);
    // The shadow database of `diff` is in memory and needs none of this.
    if (config.url === ":memory:") return client;
    const begin = async () => {
      // Redefining a table drops the old one, and a drop with foreign keys on deletes the children.
      await client.execute("PRAGMA foreign_keys=OFF");
      return client.transaction("write");
    };
    this.#main = client;
    this.#open = begin();
    const open = this.#open;
    return {
      execute: async (statement: Statement) => (await open).execute(statement),
      executeMultiple: async (sql: string) => (await open).executeMultiple(sql),
      close: () => undefined,
    } as unknown as LibSqlClient;
  }

  /** The schema engine sends a whole migration as one query; libSQL would run its first statement. */
  override async connectToShadowDb() {
    const shadow = await super.connectToShadowDb();
    const executeRaw = shadow.executeRaw.bind(shadow);
    shadow.executeRaw = async (query) => {
      if (query.args.length > 0) return executeRaw(query);
      await shadow.executeScript(query.sql);
      return 0;
    };
    return shadow;
  }

  /** Whether the schema engine has kept its book in this database before. */
  async wasMigrated(): Promise<boolean> {
    const open = await this.#open;
    const found = await open?.execute(
      "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'",
    );
    return (found?.rows.length ?? 0) > 0;
  }

  /** Ends the transaction. @throws Error when a foreign key points nowhere; nothing is kept then */
  async commit(): Promise<void> {
    const open = await this.#open;
    if (!open) return;
    const { rows } = await open.execute("PRAGMA foreign_key_check");
    if (rows.length > 0) {
      await open.rollback();
      throw new Error(`the migration would leave ${rows.length} rows that refer to nothing`);
    }
    await open.commit();
    this.#main?.close();
  }

  /** Gives up: the database is as it was. */
  async rollback(): Promise<void> {
    const open = await this.#open?.catch(() => undefined);
    if (open && !open.closed) await open.rollback();
    this.#main?.close();
  }
}
