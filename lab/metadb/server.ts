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
import type { MetadbKind } from "./kind.ts";
import type { ServerPlace } from "./kinds/program.ts";
import { programs } from "./kinds/programs.ts";

export type SqlValue = string | number | null;
export type Row = Record<string, SqlValue>;

export type Ask = (sql: string, values?: SqlValue[]) => Promise<Row[]>;

export interface ServerOptions {
  kind: MetadbKind;
  /** Where it listens; without one, on its socket only. */
  listen?: { host: string; port: number };
  /** The network namespace it runs in; without one, the machine's own. */
  netns?: string;
  logStatements?: boolean;
  /** Further options of the server, such as those of its TLS. */
  more?: readonly string[];
}

/** A database server of the lab's with its own data directory: an ordinary process on this machine. */
export class DatabaseServer {
  readonly kind: MetadbKind;
  readonly dir: string;
  readonly listen: { host: string; port: number } | undefined;
  readonly #netns: string | undefined;
  readonly #logStatements: boolean;
  readonly #more: readonly string[];

  constructor(
    dir: string,
    { kind, listen, netns, logStatements = false, more = [] }: ServerOptions,
  ) {
    this.kind = kind;
    this.dir = dir;
    this.listen = listen;
    this.#netns = netns;
    this.#logStatements = logStatements;
    if (logStatements && !programs[kind].logsStatements)
      throw new Error(`${programs[kind].title} writes no log of its statements`);
    this.#more = more;
  }

  get #place(): ServerPlace {
    return {
      dir: this.dir,
      dataDir: this.dataDir,
      listen: this.listen,
      statementsFile: this.#logStatements ? this.statementsFile : undefined,
    };
  }

  /** Every statement in the order in which the server got it; of a kind that can log them. */
  get statementsFile(): string {
    return join(this.dir, "statements.log");
  }

  get dataDir(): string {
    return join(this.dir, "data");
  }

  get #socket(): string {
    return programs[this.kind].socket(this.#place);
  }

  get #record(): ProcessRecord | undefined {
    const record = readRecord(this.#processFile);
    return record && isAlive(record) ? record : undefined;
  }

  get #processFile(): string {
    return join(this.dir, "process.json");
  }

  get #outputFile(): string {
    return join(this.dir, "output.log");
  }

  get isRunning(): boolean {
    return this.#record !== undefined;
  }

  /** Makes the data of a server with nothing in it. */
  async install(): Promise<void> {
    mkdirSync(this.dataDir, { recursive: true });
    await programs[this.kind].install(this.#place);
  }

  async start(): Promise<void> {
    if (this.isRunning) return;
    const { title, command } = programs[this.kind];
    const { argv, env } = await command(this.#place);
    const output = openSync(this.#outputFile, "a");
    const enter = this.#netns === undefined ? [] : ["nsenter", `--net=/run/netns/${this.#netns}`];
    const [program = "", ...args] = [...enter, ...argv, ...this.#more];
    const child = spawn(program, args, {
      detached: true,
      stdio: ["ignore", output, output],
      env: { ...process.env, ...env },
    });
    child.unref();
    if (child.pid === undefined) throw new Error(`cannot start ${title}`);
    // nsenter becomes the server by exec, so the process stays the same.
    const record = recordProcess(this.#processFile, child.pid, `${title} in ${this.dir}`);
    const answers = async () => {
      if (!isAlive(record)) throw new Error(`${title} ended: ${this.#lastWords()}`);
      return this.query("select 1").then(
        () => true,
        () => false,
      );
    };
    await waitUntil(title, answers, { timeoutMs: 120_000 });
  }

  #lastWords(): string {
    return readFileSync(this.#outputFile, "utf8").slice(-1500);
  }

  /** Ends it without a word to its clients, as a crash does. */
  async kill(): Promise<void> {
    if (this.#record) await killRecorded(this.#record);
  }

  /** Shuts it down cleanly. */
  async stop(): Promise<void> {
    if (this.#record) await killRecorded(this.#record, "SIGTERM");
  }

  /** Runs statements as the server's root through its socket. Returns the last statement's rows. */
  query(sql: string, values?: SqlValue[]): Promise<Row[]> {
    return this.session((ask) => ask(sql, values));
  }

  /** Many queries as the server's root on one connection. */
  session<T>(work: (ask: Ask) => Promise<T>): Promise<T> {
    return withConnection({ socketPath: this.#socket, user: "root" }, async (ask) => {
      for (const statement of programs[this.kind].patience) await ask(statement);
      return work(ask);
    });
  }

  /** Runs statements over the network as somebody, e.g. as the MetaDB's user, who then owns what he makes. */
  async queryAs(user: string, password: string, sql: string): Promise<Row[]> {
    if (!this.listen) throw new Error("this server does not listen");
    return withConnection({ ...this.listen, user, password }, (ask) => ask(sql));
  }

  /** Ends every connection of a user, as a failing network or an administrator does. */
  async dropConnections(user: string): Promise<number> {
    const rows = await this.query(
      "select id as id from information_schema.processlist where user = ?",
      [user],
    );
    for (const { id } of rows) await this.query(`kill ${id}`).catch(() => undefined);
    return rows.length;
  }

  /** Runs a script through the `mariadb` client, which can do without its statements in memory at once. */
  async runScript(sql: string): Promise<void> {
    const file = join(this.dir, "script.sql");
    writeFileSync(file, [...programs[this.kind].patience, sql].join(";\n"));
    // Not by `source`, which goes on after an error and ends with 0.
    const command =
      'exec mariadb --no-defaults --default-character-set=utf8mb4 -uroot -S "$1" <"$2"';
    await run(["sh", "-c", command, "sh", this.#socket, file], { timeoutMs: 300_000 });
  }
}

async function withConnection<T>(
  options: mysql.ConnectionOptions,
  work: (ask: Ask) => Promise<T>,
): Promise<T> {
  const connection = await mysql.createConnection({
    ...options,
    charset: "utf8mb4",
    multipleStatements: true,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: false,
  });
  try {
    return await work(async (sql, values) => {
      const [result] = await connection.query(sql, values);
      if (!Array.isArray(result)) return [];
      const last: unknown = result.at(-1);
      // Several statements give several results.
      if (Array.isArray(last)) return last as Row[];
      return result.filter((row) => row.constructor.name !== "ResultSetHeader") as Row[];
    });
  } finally {
    await connection.end().catch(() => undefined);
  }
}
