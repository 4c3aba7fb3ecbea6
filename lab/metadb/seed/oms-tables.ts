import { awkwardTables } from "./awkward-tables.ts";
import { bigTable } from "./big-table.ts";
import { numbers } from "./numbers.ts";
import type { SeedOptions } from "./options.ts";
import { plainTables } from "./plain-tables.ts";

const haConfig =
  '{"enable":true,"enableHost":false,"enableStore":true,"perceiveStoreClientCheckpoint":false,"enableConnector":true,"enableJdbcWriter":true,"subtopicStoreNumberThreshold":5,"checkRequestIntervalSec":600,"checkJdbcWriterIntervalSec":600,"checkHostDownIntervalSec":540,"checkModuleExceptionIntervalSec":240,"clearAbnormalResourceHours":72,"refetchStoreIntervalMin":30}';

const schemaVersion = (version: string) => `
create table oms_schema_version (version varchar(16) not null, generation int not null) comment='stand-in';
insert into oms_schema_version values ('${version}', 1);
create table oms_schema_history (id int auto_increment primary key, version varchar(16) not null) comment='stand-in';
insert into oms_schema_history (version) values ('${version}');`;

/** HA came with 3.3.0. */
function hasHa(version: string): boolean {
  return Number(version.split(".").slice(0, 2).join(".")) >= 3.3;
}

export function rmTables({ kind, version, bigTableMegabytes }: SeedOptions): string {
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
${awkwardTables(kind)}
${plainTables("oms", 150)}
${bigTableMegabytes > 0 ? bigTable(bigTableMegabytes) : ""}`;
}

export function cmTables({ version }: SeedOptions): string {
  return `
create table cm_node (host_ip varchar(64) primary key, region varchar(64) not null, last_seen datetime(3) not null);
create table cm_location (location int primary key, region varchar(64) not null, region_cn varchar(64), cm_url varchar(256), is_default tinyint not null);
${schemaVersion(version)}
${plainTables("cm", 110)}`;
}

export function heartbeatTables({ version, heartbeats }: SeedOptions): string {
  return `
create table heatbeat_sequence (
  id bigint unsigned not null auto_increment primary key, gmt_created datetime not null, gmt_modified datetime not null,
  key idx_created (gmt_created)) comment='PHYSICAL HEARTBEAT';
insert into heatbeat_sequence (id, gmt_created, gmt_modified)
select 700000 + seq, '2024-05-01' + interval seq second, '2024-05-01' + interval seq second from ${numbers(heartbeats)};
${schemaVersion(version)}
${plainTables("hb", 12)}`;
}
