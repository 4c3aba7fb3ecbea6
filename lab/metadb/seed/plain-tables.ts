import { numbers } from "./numbers.ts";

const subjects =
  "alarm audit binlog checker connector dataset dbcat endpoint filter heartbeat instance jdbcwriter label link location mapping meta monitor object operation owner partition policy precheck quota record rule schedule store subtopic supervisor table task tenant topic user verify worker".split(
    " ",
  );
const aspects = ["config", "detail", "history", "relation", "state"];

/** The many plain tables any OMS has, with a few rows each. */
export function plainTables(prefix: string, count: number): string {
  const names = aspects.flatMap((aspect) => subjects.map((subject) => `${subject}_${aspect}`));
  const tables = names.slice(0, count).map(
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
  return tables.join("");
}
