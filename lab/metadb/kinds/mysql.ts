import { join } from "node:path";
import { run } from "../../shell.ts";
import { fetched, throughItsLoader } from "../fetched.ts";
import { commonFlags, ownedByMysql, socketIn } from "./owned-by-mysql.ts";
import type { ServerProgram } from "./program.ts";

/** As production has it: the binary log and GTIDs are on. */
export const mysql9: ServerProgram = {
  title: "MySQL 9",
  port: 3306,
  socket: ({ dir }) => socketIn(dir),
  install: async (place) => {
    const folder = await fetched("mysql");
    const flags = commonFlags(place, await ownedByMysql(place));
    await run([
      ...throughItsLoader(folder, "mysqld"),
      ...flags,
      messages(folder),
      "--initialize-insecure",
    ]);
  },
  logsStatements: true,
  patience: [],
  // Two servers with one name would be one to whoever follows their GTIDs.
  leftovers: ["auto.cnf"],
  command: async (place) => {
    const folder = await fetched("mysql");
    const { statementsFile } = place;
    const log = statementsFile ? ["--general-log", `--general-log-file=${statementsFile}`] : [];
    return {
      argv: [
        ...throughItsLoader(folder, "mysqld"),
        ...commonFlags(place, await ownedByMysql(place)),
        messages(folder),
        "--mysqlx=0",
        "--secure-file-priv=NULL",
        "--innodb-redo-log-capacity=32M",
        "--log-bin=binlog",
        "--server-id=1",
        "--gtid-mode=ON",
        "--enforce-gtid-consistency=ON",
        // Else nobody without SUPER could make a trigger or a function.
        "--log-bin-trust-function-creators=ON",
        ...log,
      ],
    };
  },
};

const messages = (folder: string) => `--lc-messages-dir=${join(folder, "share")}`;
