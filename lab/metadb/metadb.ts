import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type LabNames, netnsName } from "../state.ts";
import type { MetaAccount } from "./accounts.ts";
import { identifier } from "./identifier.ts";
import { accountName } from "./kind.ts";
import { programs } from "./kinds/programs.ts";
import { metadbPlaces } from "./place.ts";
import type { DatabaseNames, SeedOptions } from "./seed/options.ts";
import { DatabaseServer, type Row, type SqlValue } from "./server.ts";
import { type MetadbSnapshot, takeSnapshot } from "./snapshot.ts";

export interface MetadbServerOptions extends SeedOptions {
  which: "main" | "second";
  /** Databases seeded on this server. */
  databases: DatabaseNames;
  user: string;
  password: string;
  metaAccount: MetaAccount;
  foreignDefiners: boolean;
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
  readonly server: DatabaseServer;

  constructor(names: LabNames, options: MetadbServerOptions) {
    const { name, octet } = metadbPlaces[options.which];
    this.host = `${names.subnet}.${octet}`;
    this.port = programs[options.kind].port;
    this.user = options.user;
    this.password = options.password;
    const { rm, cm, heartbeats } = options.databases;
    this.databases = [rm, cm, ...heartbeats].filter((name) => name !== "");
    this.server = new DatabaseServer(join(names.stateDir, name), {
      kind: options.kind,
      listen: { host: this.host, port: this.port },
      netns: netnsName(names.id, name),
      logStatements: options.logStatements,
    });
  }

  /**
   * How it is to be registered. MySQL's accounts are let in by the password itself when the server does not know
   * them yet, which it gets from nobody who has not verified it.
   */
  get tls(): { mode: "verify-ca"; ca: string } | { mode: "preferred" } {
    return this.server.kind === "mysql"
      ? { mode: "verify-ca", ca: readFileSync(this.caFile, "utf8") }
      : { mode: "preferred" };
  }

  /** Where MySQL has put the CA that it made for itself. */
  get caFile(): string {
    return join(this.server.dataDir, "ca.pem");
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
    return this.server.dropConnections(accountName(this.server.kind, this.user));
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
