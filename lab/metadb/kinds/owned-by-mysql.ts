import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../shell.ts";
import type { ServerPlace } from "./program.ts";

/**
 * Gives a server's directory to the unprivileged user it runs as, and returns its folder of temporary tables: a
 * server that starts clears that, and would take those of a lab beside it.
 */
export async function ownedByMysql({ dir, dataDir }: ServerPlace): Promise<string> {
  const temporary = join(dir, "tmp");
  for (const each of [dataDir, temporary]) mkdirSync(each, { recursive: true });
  await run(["chown", "-R", "mysql:mysql", dir]);
  return temporary;
}

/** What MySQL and MariaDB take alike. */
export function commonFlags({ dir, dataDir, listen }: ServerPlace, temporary: string): string[] {
  return [
    "--no-defaults",
    "--user=mysql",
    `--datadir=${dataDir}`,
    `--tmpdir=${temporary}`,
    `--socket=${socketIn(dir)}`,
    `--pid-file=${join(dir, "server.pid")}`,
    ...(listen
      ? [`--bind-address=${listen.host}`, `--port=${listen.port}`]
      : ["--skip-networking"]),
    "--skip-name-resolve",
    "--max-connections=600",
    "--max-allowed-packet=64M",
    // Not what the OMS databases have: a plain `create database` must come out wrong.
    "--character-set-server=latin1",
    "--collation-server=latin1_swedish_ci",
    "--innodb-buffer-pool-size=96M",
    "--innodb-flush-log-at-trx-commit=2",
  ];
}

export const socketIn = (dir: string): string => join(dir, "mysqld.sock");
