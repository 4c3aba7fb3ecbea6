/** Rows with a `seq` from 1 to `last`, in words that all servers know. */
export const numbers = (last: number): string =>
  `(select 1000 * (a.seq - 1) + b.seq as seq from lab_journal.numbers a, lab_journal.numbers b
  where a.seq <= ${Math.ceil(last / 1000)} and 1000 * (a.seq - 1) + b.seq <= ${last}) s`;

/** Where the stand-in writes what a test wants to know afterwards; not one of the deployment's databases. */
export const journalScript = `
create database lab_journal character set utf8mb4;
create table lab_journal.init_runs (id int auto_increment primary key, region varchar(64), host varchar(64), version varchar(16),
  status varchar(16), started_at datetime(3) default current_timestamp(3), finished_at datetime(3));
create table lab_journal.ha_actions (id int auto_increment primary key, acting_host varchar(64), silent_host varchar(64),
  at datetime(3) default current_timestamp(3));
create table lab_journal.numbers (seq int primary key);
insert into lab_journal.numbers values ${Array.from({ length: 1000 }, (_, i) => `(${i + 1})`).join(",")};
`;
