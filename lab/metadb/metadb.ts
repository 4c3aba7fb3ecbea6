import { join } from "node:path";
import { run } from "../shell.ts";
import type { LabNames } from "../state.ts";
import { identifier } from "./identifier.ts";
import { MariaDb, type Row, type SqlValue } from "./mariadb.ts";
import { type DatabaseNames, ownedObjects } from "./seed.ts";
import { type MetadbSnapshot, takeSnapshot } from "./snapshot.ts";
import { seededDataDir } from "./template.ts";

export interface MetadbServerOptions {
  which: "main" | "second";
  /** Databases seeded on this server. */
  databases: DatabaseNames;
  user: string;
  password: string;
  version: string;
  /** Rows of each `heatbeat_sequence`. */
  heartbeats: number;
  logStatements: boolean;
}

/** One of the lab's MetaDB servers, as a site sees it: an address, a user who is not root, databases. */
export class Metadb {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The deployment's databases on this server. */
  readonly databases: readonly string[];
  readonly server: MariaDb;

  constructor(names: LabNames, options: MetadbServerOptions) {
    this.host = `${names.subnet}.1`;
    this.port = options.which === "main" ? 3306 : 3307;
    this.user = options.user;
    this.password = options.password;
    const { rm, cm, heartbeats } = options.databases;
    this.databases = [rm, cm, ...heartbeats].filter((name) => name !== "");
    const listen = { host: this.host, port: this.port };
    const dir = join(names.stateDir, `metadb-${options.which}`);
    this.server = new MariaDb(dir, { listen, logStatements: options.logStatements });
  }

  /** Every statement in the order in which the server got it, when the lab was started with `logStatements`. */
  get statementsFile(): string {
    return this.server.statementsFile;
  }

  start(): Promise<void> {
    return this.server.start();
  }

  /** Ends the server at once, as a crash does. */
  kill(): Promise<void> {
    return this.server.kill();
  }

  /** Runs SQL as the server's own root, whatever the MetaDB's user may do. */
  query(sql: string, values?: SqlValue[]): Promise<Row[]> {
    return this.server.query(sql, values);
  }

  /** Ends the connections of the MetaDB's user; returns how many there were. */
  dropConnections(): Promise<number> {
    return this.server.dropConnections(this.user);
  }

  /** Everything in the OMS databases that a restore must bring back; compare with `deepEqual`. */
  checksum(databases: readonly string[] = this.databases): Promise<MetadbSnapshot> {
    return takeSnapshot(this.server, databases);
  }

  /** Every run of docker_init.sh there ever was; kept outside of the OMS databases, so a rollback cannot undo it. */
  initRuns(): Promise<Row[]> {
    return this.query(
      "select region, host, version, status from lab_journal.init_runs order by id",
    );
  }

  /** What HA did; empty when it was off while nodes were down. */
  haActions(): Promise<Row[]> {
    return this.query("select acting_host, silent_host from lab_journal.ha_actions order by id");
  }

  /** Databases that two initialisations at the same time have damaged. */
  async initDamage(): Promise<string[]> {
    const damaged: string[] = [];
    for (const database of this.databases) {
      const [row] = await this.query(
        `select count(*) - count(distinct version) as twice from ${identifier(database)}.oms_schema_history`,
      );
      if (Number(row?.twice) > 0) damaged.push(database);
    }
    return damaged;
  }
}

/** Copies the seeded data directory, starts the server, makes its user and what the user owns. */
export async function createMetadb(names: LabNames, options: MetadbServerOptions): Promise<Metadb> {
  const template = await seededDataDir(options.databases, options);
  const metadb = new Metadb(names, options);
  await run(["mkdir", "-p", metadb.server.dir]);
  await run(["cp", "-a", "--reflink=auto", template, metadb.server.dataDir]);
  await metadb.start();
  const account = `${literal(options.user)}@'%'`;
  await metadb.query(`create user ${account} identified by ${literal(options.password)}`);
  for (const database of [...metadb.databases, "lab_journal"])
    await metadb.query(`grant all on \`${grantPattern(database)}\`.* to ${account}`);
  // The lab names no pattern of the product's: an administrator types this one by hand.
  await metadb.query(`grant all on \`uplift\\_rehearse\\_%\`.* to ${account}`);
  // Beyond its own databases: what mysqldump asks for, and nothing that only an administrator has.
  await metadb.query(`grant process, reload, replication client on *.* to ${account}`);
  if (options.databases.rm !== "")
    for (const statement of ownedObjects(options.databases.rm))
      await metadb.server.queryAs(options.user, options.password, statement);
  return metadb;
}

const literal = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** In a grant, `_` and `%` in a database's name are wildcards. */
const grantPattern = (database: string) => database.replace(/[_%]/g, "\\$&").replaceAll("`", "``");
