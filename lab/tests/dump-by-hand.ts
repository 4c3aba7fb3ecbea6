import type { Lab, LabHost } from "#lab/lab.ts";
import { identifier } from "#lab/metadb/identifier.ts";

const options = {
  oceanbase:
    "--no-tablespaces --set-gtid-purged=OFF --skip-masking-policies --routines --skip-triggers",
  mysql: "--no-tablespaces --set-gtid-purged=OFF --skip-masking-policies --routines --events",
  mariadb: "--routines --events",
  "mariadb-11.8": "--routines --events",
};

/** Dumps a database with the host's own mysqldump, as somebody does who knows the server, into /data. */
export async function dumpByHand(lab: Lab, host: LabHost, database: string): Promise<void> {
  await host.writeFile("/tmp/my.cnf", clientFile(lab), 0o600);
  await host.mustExec(
    `mysqldump --defaults-extra-file=/tmp/my.cnf --single-transaction --hex-blob ${options[lab.options.metadb]} ${database} >/data/${database}.sql`,
  );
}

export async function restoreByHand(host: LabHost, database: string): Promise<void> {
  await host.mustExec(
    `mysql --defaults-extra-file=/tmp/my.cnf --binary-mode ${database} </data/${database}.sql`,
  );
}

/** The statements of the triggers that no mysqldump can write: OceanBase's own words make them again. */
export async function triggersByHand(lab: Lab, database: string): Promise<string[]> {
  if (lab.options.metadb !== "oceanbase") return [];
  const rows = await lab.metadb.query(
    "select trigger_name as name from information_schema.triggers where trigger_schema = ? order by action_order",
    [database],
  );
  const words: string[] = [];
  for (const { name } of rows) {
    const [shown] = await lab.metadb.query(
      `show create trigger ${identifier(database)}.${identifier(String(name))}`,
    );
    words.push(`use ${identifier(database)}; ${shown?.["SQL Original Statement"]}`);
  }
  return words;
}

function clientFile(lab: Lab): string {
  const { host, port, user, password } = lab.metadb;
  const quoted = (text: string) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  return `[client]\nhost=${host}\nport=${port}\nuser=${quoted(user)}\npassword=${quoted(password)}\n`;
}
