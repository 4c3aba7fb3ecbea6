import { identifier } from "./identifier.ts";
import type { MetadbKind } from "./kind.ts";

/** What the databases of a deployment are called; one heartbeat database per region. */
export interface DatabaseNames {
  rm: string;
  cm: string;
  heartbeats: readonly string[];
}

const haConfig =
  '{"enable":true,"enableHost":false,"enableStore":true,"perceiveStoreClientCheckpoint":false,"enableConnector":true,"enableJdbcWriter":true,"subtopicStoreNumberThreshold":5,"checkRequestIntervalSec":600,"checkJdbcWriterIntervalSec":600,"checkHostDownIntervalSec":540,"checkModuleExceptionIntervalSec":240,"clearAbnormalResourceHours":72,"refetchStoreIntervalMin":30}';

const subjects =
  "alarm audit binlog checker connector dataset dbcat endpoint filter heartbeat instance jdbcwriter label link location mapping meta monitor object operation owner partition policy precheck quota record rule schedule store subtopic supervisor table task tenant topic user verify worker".split(
    " ",
  );
const aspects = ["config", "detail", "history", "relation", "state"];

/** Rows with a `seq` from 1 to `last`, in words that all servers know. */
const numbers = (last: number) =>
  `(select 1000 * (a.seq - 1) + b.seq as seq from lab_journal.numbers a, lab_journal.numbers b
  where a.seq <= ${Math.ceil(last / 1000)} and 1000 * (a.seq - 1) + b.seq <= ${last}) s`;

/** The many plain tables any OMS has, with a few rows each. */
function plainTables(prefix: string, count: number): string[] {
  const names = aspects.flatMap((aspect) => subjects.map((subject) => `${subject}_${aspect}`));
  return names.slice(0, count).map(
    (name, index) => `
create table ${prefix}_${name} (
  id bigint unsigned not null auto_increment primary key,
  gmt_created timestamp not null default current_timestamp,
  name varchar(128) not null,
  amount decimal(20,6) default null,
  body ${index % 3 === 0 ? "longtext" : "varchar(2048)"},
  key idx_name (name)
) comment='${prefix} ${name}';
insert into ${prefix}_${name} (gmt_created, name, amount, body)
select '2024-01-01' + interval seq hour, concat('${name}-', seq), seq / 7, repeat(sha2(seq, 256), 4) from ${numbers(1 + (index % 9))};`,
  );
}

/** What a dump and a restore get wrong when they are careless. */
const awkward = `
create table oms_blob (id int primary key, content longblob, small binary(16), flags bit(5));
insert into oms_blob values (1, unhex(concat('0001027f80ff', repeat('5c27220a0d1a00', 4000))), unhex('00ff00ff00ff00ff00ff00ff00ff00ff'), b'10101'),
  (2, '', unhex(repeat('00', 16)), b'0'), (3, null, null, null);
create table oms_text (id int primary key, content text, title varchar(200) character set utf8mb4 collate utf8mb4_bin);
insert into oms_text values (1, '数据迁移 🚀 “引号” \\\\ back\\'slash" \\n\\t %', '数据同步 😀'), (2, 'naïve café – ½ €', '𝔘𝔭𝔩𝔦𝔣𝔱'),
  (3, 'ends with a semicolon; -- and a comment /* here */', '');
create table \`order\` (\`key\` int primary key, \`select\` varchar(20), \`group by\` varchar(20));
insert into \`order\` values (1, 'reserved', 'words');
create table oms_generated (a int primary key, b int as (a * 2) stored, c varchar(20) as (concat('n', a)) virtual, key (b));
insert into oms_generated (a) values (1), (2), (3);
create table oms_dates (id int primary key, d date, t datetime, u datetime(6));
insert into oms_dates values (1, '0000-00-00', '0000-00-00 00:00:00', '2024-02-29 23:59:59.999999'), (2, null, '1000-01-01', null);
create table oms_parent (id int primary key);
create table oms_a_child (id int primary key, parent int, foreign key (parent) references oms_parent (id) on delete cascade);
insert into oms_parent values (1), (2);
insert into oms_a_child values (1, 1), (2, 2);
create table oms_empty (id bigint primary key);
create table oms_zero_id (id bigint unsigned not null auto_increment primary key, v int);
set @@session.sql_mode = concat(@@session.sql_mode, ',NO_AUTO_VALUE_ON_ZERO');
insert into oms_zero_id values (0, 1), (18446744073709551610, 2);
set @@session.sql_mode = default;`;

const schemaVersion = (version: string) => `
create table oms_schema_version (version varchar(16) not null, generation int not null) comment='stand-in';
insert into oms_schema_version values ('${version}', 1);
create table oms_schema_history (id int auto_increment primary key, version varchar(16) not null) comment='stand-in';
insert into oms_schema_history (version) values ('${version}');`;

/** HA came with 3.3.0. */
function hasHa(version: string): boolean {
  return Number(version.split(".").slice(0, 2).join(".")) >= 3.3;
}

function rmTables(version: string): string {
  return `
create table oms_normal_config (
  id bigint auto_increment primary key, gmt_created datetime default current_timestamp,
  gmt_modified datetime default current_timestamp on update current_timestamp,
  cfg_name varchar(128) not null, cfg_value longtext, description varchar(512), unique key uk_name (cfg_name));
insert into oms_normal_config (cfg_name, cfg_value, description) values
  ${hasHa(version) ? `('ha.config', '${haConfig}', '高可用配置'), ` : ""}('alarm.config', '{"enable":false}', 'alarm'),
  ('struct.transfer.config', '{"threads":8}', 'structure'), ('ha.config.history', '{"enable":false}', 'not ha.config');
create table oms_project (
  id bigint auto_increment primary key, project_id varchar(64) not null, project_name varchar(128) not null,
  project_status varchar(32) not null, project_owner varchar(64), source_endpoint_id varchar(64), sink_endpoint_id varchar(64),
  gmt_created datetime default current_timestamp, config longtext, unique key uk_project (project_id));
insert into oms_project (project_id, project_name, project_status, project_owner, config)
select concat('np_', lpad(seq, 12, '5a')), concat('订单库迁移-', seq), elt(1 + seq % 4, 'RUNNING', 'FINISHED', 'FAILED', 'SUSPEND'), 'dba', '{"full":true}' from ${numbers(24)};
insert into oms_project (project_id, project_name, project_status) values ('np_deleted1', '订单库迁移-1', 'DELETED'), ('np_deleted2', '订单库迁移-1', 'DELETED');
create table oms_sync_project (
  id bigint auto_increment primary key, project_id varchar(64) not null, project_name varchar(128) not null,
  project_status varchar(32) not null, project_type varchar(32), gmt_created datetime default current_timestamp, config longtext,
  unique key uk_project (project_id));
insert into oms_sync_project (project_id, project_name, project_status, project_type, config)
select concat('sp_', lpad(seq, 12, '7b')), concat('sync-orders-', seq), elt(1 + seq % 3, 'RUNNING', 'SUSPEND', 'RUNNING'), 'OB_TO_KAFKA', '{"dbType":"OCEANBASE"}' from ${numbers(9)};
create table oms_project_audit (id bigint auto_increment primary key, project_id varchar(64), was varchar(32), became varchar(32), at datetime(3));
${schemaVersion(version)}
${awkward}
${plainTables("oms", 150).join("")}`;
}

function cmTables(version: string): string {
  return `
create table cm_node (host_ip varchar(64) primary key, region varchar(64) not null, last_seen datetime(3) not null);
create table cm_location (location int primary key, region varchar(64) not null, region_cn varchar(64), cm_url varchar(256), is_default tinyint not null);
${schemaVersion(version)}
${plainTables("cm", 110).join("")}`;
}

function heartbeatTables(version: string, rows: number): string {
  return `
create table heatbeat_sequence (
  id bigint unsigned not null auto_increment primary key, gmt_created datetime not null, gmt_modified datetime not null,
  key idx_created (gmt_created)) comment='PHYSICAL HEARTBEAT';
insert into heatbeat_sequence (id, gmt_created, gmt_modified)
select 700000 + seq, '2024-05-01' + interval seq second, '2024-05-01' + interval seq second from ${numbers(rows)};
${schemaVersion(version)}
${plainTables("hb", 12).join("")}`;
}

/** Collations in turn, so that the databases of a deployment differ, and from the server's default where they can. */
const heartbeatCollations = (kind: MetadbKind): readonly string[] =>
  kind === "oceanbase"
    ? ["utf8mb4_bin", "utf8mb4_general_ci"] // It has no others.
    : ["utf8mb4_unicode_ci", "utf8mb3_general_ci", "utf8mb4_bin"];

export interface SeedOptions {
  kind: MetadbKind;
  /** The release whose schema the databases have. */
  version: string;
  /** Rows of each `heatbeat_sequence`. */
  heartbeats: number;
}

/** The whole seed as one script. What must belong to the MetaDB's user (views, triggers) is not in it. */
export function seedScript(names: DatabaseNames, options: SeedOptions) {
  const database = (name: string, collation: string, content: string) => `
create database ${identifier(name)} character set ${collation.split("_")[0]} collate ${collation};
use ${identifier(name)};
set autocommit = 0;
${content}
commit;
set autocommit = 1;`;
  const collations = heartbeatCollations(options.kind);
  return [
    "set names utf8mb4;",
    // A second server has heartbeat databases only.
    names.rm === "" ? "" : database(names.rm, "utf8mb4_general_ci", rmTables(options.version)),
    names.cm === "" ? "" : database(names.cm, "utf8mb4_bin", cmTables(options.version)),
    ...names.heartbeats.map((name, index) =>
      database(
        name,
        collations[index % collations.length] ?? "utf8mb4_bin",
        heartbeatTables(options.version, options.heartbeats),
      ),
    ),
  ].join("\n");
}

/** Where the stand-in writes what a test wants to know afterwards; not one of the deployment's databases. */
export const journalScript = `
create database lab_journal character set utf8mb4;
create table lab_journal.init_runs (id int auto_increment primary key, region varchar(64), host varchar(64), version varchar(16),
  status varchar(16), started_at datetime(3) default current_timestamp(3), finished_at datetime(3));
create table lab_journal.ha_actions (id int auto_increment primary key, acting_host varchar(64), silent_host varchar(64), at datetime(3) default current_timestamp(3));
create table lab_journal.numbers (seq int primary key);
insert into lab_journal.numbers values ${Array.from({ length: 1000 }, (_, i) => `(${i + 1})`).join(",")};
`;

/** Run as the MetaDB's user, who is their definer, as it is where OMS itself has made them. */
export function ownedObjects(rm: string): string[] {
  const db = identifier(rm);
  return [
    `create view ${db}.a_view_on_a_view_base as select id, project_name, project_status from ${db}.oms_project where project_status <> 'DELETED'`,
    `create view ${db}.a_first_view as select project_status, count(*) as projects from ${db}.a_view_on_a_view_base group by project_status`,
    `use ${db}; create trigger ${db}.trg_project_status after update on ${db}.oms_project for each row
       insert into ${db}.oms_project_audit (project_id, was, became, at) values (new.project_id, old.project_status, new.project_status, now(3))`,
    `create procedure ${db}.count_projects (out n int) select count(*) into n from ${db}.oms_project`,
  ];
}
