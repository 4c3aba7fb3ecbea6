import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../shell.ts";
import { fetched, throughItsLoader } from "../fetched.ts";
import { commonFlags, ownedByMysql, socketIn } from "./owned-by-mysql.ts";
import type { ServerProgram } from "./program.ts";

interface Installed {
  /** The words that run the server. */
  server: string[];
  share: string;
  /** How the scripts that make the system tables begin. */
  prefix: "mysql" | "mariadb";
}

function mariadb(title: string, find: () => Promise<Installed>): ServerProgram {
  const own = ({ share }: Installed) => [
    `--lc-messages-dir=${share}`,
    "--innodb-log-file-size=32M",
    "--performance-schema=OFF",
  ];
  return {
    title,
    port: 3306,
    socket: ({ dir }) => socketIn(dir),
    // What `mariadb-install-db` does, which knows the machine's own server only.
    install: async (place) => {
      const installed = await find();
      const flags = commonFlags(place, await ownedByMysql(place));
      const words = [...installed.server, ...flags, ...own(installed), "--bootstrap"];
      await run(words, { input: systemTables(installed) });
    },
    logsStatements: true,
    patience: [],
    leftovers: [],
    command: async (place) => {
      const installed = await find();
      const { statementsFile } = place;
      const log = statementsFile ? ["--general-log", `--general-log-file=${statementsFile}`] : [];
      const flags = commonFlags(place, await ownedByMysql(place));
      return { argv: [...installed.server, ...flags, ...own(installed), ...log] };
    },
  };
}

function systemTables({ share, prefix }: Installed): string {
  const scripts = ["system_tables", "performance_tables", "system_tables_data", "sys_schema"];
  const text = scripts.map((name) => readFileSync(join(share, `${prefix}_${name}.sql`), "utf8"));
  return `create database mysql;\nuse mysql;\nset @auth_root_socket = null;\n${text.join("\n")}`;
}

/** Debian 12's own. */
export const mariadb10 = mariadb("MariaDB 10.11", async () => ({
  server: ["mariadbd"],
  share: "/usr/share/mysql",
  prefix: "mysql",
}));

export const mariadb11 = mariadb("MariaDB 11.8", async () => {
  const folder = await fetched("mariadb-11.8");
  return {
    server: throughItsLoader(folder, "mariadbd"),
    share: join(folder, "share"),
    prefix: "mariadb",
  };
});
