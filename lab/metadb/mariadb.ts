import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import mysql from "mysql2/promise";
import {
  isAlive,
  killRecorded,
  type ProcessRecord,
  readRecord,
  recordProcess,
} from "../processes.ts";
import { run, waitUntil } from "../shell.ts";

export type SqlValue = string | number | null;
export type Row = Record<string, SqlValue>;

/** A MariaDB server of the lab's, with its own data directory, run as the unprivileged user `mysql`. */
export class MariaDb {
  readonly dir: string;
  /** Where it listens; without one, on its socket only. */
  readonly listen: { host: string; port: number } | undefined;
  readonly #logStatements: boolean;

  constructor(
    dir: string,
    options: { listen?: { host: string; port: number }; logStatements?: boolean } = {},
  ) {
    this.dir = dir;
    this.listen = options.listen;
    this.#logStatements = options.logStatements ?? false;
  }

  get statementsFile(): string {
    return join(this.dir, "statements.log");
  }

  get dataDir(): string {
    return join(this.dir, "data");
  }

  get #temporary(): string {
    return join(this.dir, "tmp");
  }

  private get socket(): string {
    return join(this.dir, "mysqld.sock");
  }

  private get processFile(): string {
    return join(this.dir, "process.json");
  }

  private get record(): ProcessRecord | undefined {
    const record = readRecord(this.processFile);
    return record && isAlive(record) ? record : undefined;
  }

  get isRunning(): boolean {
    return this.record !== undefined;
  }

  async start(): Promise<void> {
    if (this.isRunning) return;
    for (const each of [this.dataDir, this.#temporary]) mkdirSync(each, { recursive: true });
    await run(["chown", "-R", "mysql:mysql", this.dir]);
    const log = openSync(join(this.dir, "mariadbd.log"), "a");
    const network = this.listen
      ? [`--bind-address=${this.listen.host}`, `--port=${this.listen.port}`]
      : ["--skip-networking"];
    const child = spawn(
      "mariadbd",
      [
        "--no-defaults",
        "--user=mysql",
        `--datadir=${this.dataDir}`,
        // A server that starts clears its folder of temporary tables, and would take those of a lab beside it.
        `--tmpdir=${this.#temporary}`,
        `--socket=${this.socket}`,
        `--pid-file=${join(this.dir, "mariadbd.pid")}`,
        ...network,
        "--skip-name-resolve",
        "--max-connections=600",
        "--max-allowed-packet=64M",
        // Not what the OMS databases have: a plain `create database` must come out wrong.
        "--character-set-server=latin1",
        "--collation-server=latin1_swedish_ci",
        "--innodb-buffer-pool-size=96M",
        "--innodb-log-file-size=32M",
        "--innodb-flush-log-at-trx-commit=2",
        "--performance-schema=OFF",
        ...(this.#logStatements
          ? ["--general-log", `--general-log-file=${this.statementsFile}`]
          : []),
      ],
      { detached: true, stdio: ["ignore", log, log] },
    );
    child.unref();
    if (child.pid === undefined) throw new Error("cannot start mariadbd");
    const record = recordProcess(this.processFile, child.pid, `MariaDB in ${this.dir}`);
    await waitUntil("MariaDB", async () => {
      if (!isAlive(record)) throw new Error(`MariaDB ended: ${this.lastWords()}`);
      return this.query("select 1").then(
        () => true,
        () => false,
      );
    });
  }

  private lastWords(): string {
    return readFileSync(join(this.dir, "mariadbd.log"), "utf8").slice(-1500);
  }

  /** Ends it without a word to its clients, as a crash does. */
  async kill(): Promise<void> {
    if (this.record) await killRecorded(this.record);
  }

  /** Shuts it down cleanly. */
  async stop(): Promise<void> {
    if (this.record) await killRecorded(this.record, "SIGTERM");
  }

  /** Runs statements as the server's root through its socket. Returns the last statement's rows. */
  async query(sql: string, values?: SqlValue[]): Promise<Row[]> {
    return this.withConnection({ socketPath: this.socket, user: "root" }, sql, values);
  }

  /** Runs statements over the network as somebody, e.g. as the MetaDB's user, who then owns what he makes. */
  async queryAs(user: string, password: string, sql: string): Promise<Row[]> {
    if (!this.listen) throw new Error("this server does not listen");
    return this.withConnection({ ...this.listen, user, password }, sql);
  }

  /** Ends every connection of a user, as a failing network or an administrator does. */
  async dropConnections(user: string): Promise<number> {
    const rows = await this.query("select id from information_schema.processlist where user = ?", [
      user,
    ]);
    for (const { id } of rows) await this.query(`kill ${id}`).catch(() => undefined);
    return rows.length;
  }

  /** Runs a script through the `mariadb` client, which can do without its statements in memory at once. */
  async runScript(sql: string): Promise<void> {
    const file = join(this.dir, "script.sql");
    writeFileSync(file, sql);
    const client = ["mariadb", "--no-defaults", "--default-character-set=utf8mb4", "-uroot"];
    await run([...client, `--socket=${this.socket}`, "-e", `source ${file}`], {
      timeoutMs: 300_000,
    });
  }

  private async withConnection(
    options: mysql.ConnectionOptions,
    sql: string,
    values?: SqlValue[],
  ): Promise<Row[]> {
    const connection = await mysql.createConnection({
      ...options,
      charset: "utf8mb4",
      multipleStatements: true,
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: false,
    });
    try {
      const [result] = await connection.query(sql, values);
      if (!Array.isArray(result)) return [];
      const last: unknown = result.at(-1);
      // Several statements give several results.
      if (Array.isArray(last)) return last as Row[];
      return result.filter((row) => row.constructor.name !== "ResultSetHeader") as Row[];
    } finally {
      await connection.end().catch(() => undefined);
    }
  }
}
