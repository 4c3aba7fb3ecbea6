// Part of the OMS stand-in (a test double): /root/docker_init.sh, which makes the databases' schema the
// new release's. It takes no lock, and like its model it looks first and changes afterwards: two at once
// on one MetaDB leave two marks where there should be one.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { compareVersions, readConfig } from "./config.ts";
import { isFaulty, labNumber } from "./faults.ts";
import { identifier, openMetadb, type Row } from "./metadb.ts";
import { initialisedMark } from "./programs.ts";
import { firstWithHa, readSchemaVersions, wantsUpgradeFlag } from "./schema.ts";

const config = readConfig();
const metadb = openMetadb(config);
const stepMs = (labNumber("lab-init-seconds", 2) * 1000) / 5;
const suffix = `v${config.version.replaceAll(".", "")}`;

type Ask = (sql: string, values?: (string | number)[]) => Promise<Row[]>;

async function step(number: number, title: string, work: () => Promise<void>): Promise<void> {
  console.log(`[Step ${number}] ${title}`);
  await sleep(stepMs);
  if (isFaulty(`init-fails-at-step-${number}`))
    throw new Error(`fault asked for by the lab at step ${number}`);
  await work();
}

/** Brings one database to this release. Does nothing when it is there already. */
async function migrate(ask: Ask, database: string): Promise<void> {
  const db = identifier(database);
  const before = await ask(`select version from ${db}.oms_schema_version`);
  const from = String(before[0]?.version ?? "0");
  if (compareVersions(from, config.version) > 0)
    throw new Error(`${database} has the schema of ${from}, newer than ${config.version}`);
  if (from === config.version) {
    console.log(`  ${database} is at ${from} already`);
    return;
  }
  await ask(
    `create table if not exists ${db}.oms_new_in_${suffix} (id bigint auto_increment primary key, note varchar(200))`,
  );
  const marks = await ask(`select count(*) as n from ${db}.oms_schema_history where version = ?`, [
    config.version,
  ]);
  // The gap in which a second init at the same time sees the same and does it again.
  await sleep(Math.min(stepMs, 1500));
  if (marks[0]?.n === 0) {
    await addColumn(ask, database, "oms_schema_history", `applied_by_${suffix}`);
    await ask(
      `insert into ${db}.oms_schema_history (version, applied_by_${suffix}) values (?, ?)`,
      [config.version, config.hostIp],
    );
    // Not repeatable: the real migration moves data too.
    await ask(`update ${db}.oms_schema_version set generation = generation + 1`);
  }
  if (config.version === firstWithHa) await bringObjects(ask, db);
  await ask(`update ${db}.oms_schema_version set version = ?`, [config.version]);
  console.log(`  ${database}: ${from} -> ${config.version}`);
}

/** Only MariaDB knows "add column if not exists". */
async function addColumn(ask: Ask, database: string, table: string, column: string): Promise<void> {
  const found = await ask(
    "select 1 from information_schema.columns where table_schema = ? and table_name = ? and column_name = ?",
    [database, table, column],
  );
  if (found.length > 0) return;
  await ask(`alter table ${identifier(database)}.${table} add column ${column} varchar(64)`);
}

/** What a database had none of before: a dump that was planned for the old release would leave it out. */
async function bringObjects(ask: Ask, db: string): Promise<void> {
  await ask(`drop procedure if exists ${db}.oms_new_in_${suffix}`);
  await ask(
    `create procedure ${db}.oms_new_in_${suffix} () select count(*) from ${db}.oms_schema_history`,
  );
}

/** HA is new: its setting is there from now on, and it is off. */
async function bringHa(): Promise<void> {
  await metadb.main(
    `insert ignore into ${identifier(config.rm)}.oms_normal_config (cfg_name, cfg_value, description)
     values ('ha.config', '{"enable":false,"refetchStoreIntervalMin":30}', 'high availability')`,
  );
}

async function main(): Promise<void> {
  if (wantsUpgradeFlag(config.version) && !config.isUpgrade)
    throw new Error("IS_UPGRADE is not true in this container");
  const versions = await readSchemaVersions(config, metadb);
  await metadb.main(
    "insert into lab_journal.init_runs (region, host, version, status) values (?, ?, ?, 'running')",
    [config.regionName, config.hostIp, config.version],
  );
  try {
    await step(1, "Check configuration and MetaDB", async () => {
      console.log(`  schema versions: ${versions.join(", ")}`);
    });
    await step(2, `Upgrade schema of ${config.rm}`, async () => {
      await migrate(metadb.main, config.rm);
      if (config.version === firstWithHa) await bringHa();
      await metadb.main(
        `create table if not exists ${identifier(config.rm)}.oms_region_init
         (region varchar(64), version varchar(16), config_hash char(16), primary key (region, version, config_hash))`,
      );
      if (isFaulty("init-prints-error-1235"))
        console.log("ERROR 1235 (0A000): Modify large text/lob column not supported");
    });
    await step(3, `Upgrade schema of ${config.cm}`, () => migrate(metadb.main, config.cm));
    await step(4, `Upgrade schema of ${config.heartbeat}`, () =>
      migrate(metadb.region, config.heartbeat),
    );
    await step(5, "Restart components", async () => {
      await metadb.main(
        `insert ignore into ${identifier(config.rm)}.oms_region_init values (?, ?, ?)`,
        [config.regionName, config.version, config.hash],
      );
      writeFileSync(initialisedMark, config.version);
      console.log(execFileSync("supervisorctl", ["restart", "all"], { encoding: "utf8" }).trim());
    });
    await finish("succeeded");
  } catch (error) {
    await finish("failed");
    throw error;
  }
}

async function finish(status: string): Promise<void> {
  await metadb.main(
    `update lab_journal.init_runs set status = ?, finished_at = now(3)
     where host = ? and status = 'running' order by id desc limit 1`,
    [status, config.hostIp],
  );
}

main().then(
  () => {
    console.log("[Completed] All initialization steps are executed");
    process.exit(0);
  },
  (error: unknown) => {
    console.log(`ERROR: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  },
);
