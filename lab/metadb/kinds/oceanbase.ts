import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fetched } from "../fetched.ts";
import type { ServerProgram } from "./program.ts";

/** The least with which it starts; and of its own log, which grows by megabytes a minute, what is amiss alone. */
const parameters = [
  "memory_limit=1G",
  "log_disk_size=2G",
  "datafile_size=128M",
  "syslog_level=ERROR",
  "max_syslog_file_count=2",
];

/**
 * OceanBase's engine as one process (seekdb). It listens on every address of its network namespace, and ends at
 * once in one that has `lo` alone.
 */
export const oceanbase: ServerProgram = {
  title: "OceanBase",
  port: 2881,
  socket: ({ dataDir }) => join(dataDir, "run/sql.sock"),
  // It fills an empty directory by itself.
  install: async () => undefined,
  logsStatements: false,
  patience: ["set ob_query_timeout = 3600000000, ob_trx_timeout = 3600000000"],
  leftovers: ["log", "run"],
  command: async ({ dataDir, listen }) => {
    const root = await fetched("oceanbase");
    const folder = join(root, "pylibseekdb");
    mkdirSync(dataDir, { recursive: true });
    return {
      argv: [
        join(folder, "seekdb"),
        "--nodaemon",
        ...["--base-dir", dataDir, "--port", String(listen?.port ?? 2881)],
        ...parameters.flatMap((parameter) => ["--parameter", parameter]),
      ],
      env: { LD_LIBRARY_PATH: `${folder}:${root}/pylibseekdb.libs` },
    };
  },
};
