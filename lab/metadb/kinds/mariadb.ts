import { run } from "../../shell.ts";
import { commonFlags, ownedByMysql, socketIn } from "./owned-by-mysql.ts";
import type { ServerProgram } from "./program.ts";

/** Debian 12's own. */
export const mariadb10: ServerProgram = {
  title: "MariaDB 10.11",
  port: 3306,
  socket: ({ dir }) => socketIn(dir),
  install: async (place) => {
    const temporary = await ownedByMysql(place);
    await run([
      "mariadb-install-db",
      "--no-defaults",
      "--user=mysql",
      `--datadir=${place.dataDir}`,
      `--tmpdir=${temporary}`,
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
      "--skip-name-resolve",
    ]);
  },
  leftovers: [],
  command: async (place) => {
    const { statementsFile } = place;
    const log = statementsFile ? ["--general-log", `--general-log-file=${statementsFile}`] : [];
    const flags = commonFlags(place, await ownedByMysql(place));
    const own = ["--innodb-log-file-size=32M", "--performance-schema=OFF"];
    return { argv: ["mariadbd", ...flags, ...own, ...log] };
  },
};
