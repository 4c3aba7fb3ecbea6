// Part of the OMS stand-in (a test double): its connections to the MetaDB.
import mysql from "mysql2/promise";
import type { OmsConfig, Server } from "./config.ts";

export type Row = Record<string, string | number | null>;

export interface Metadb {
  /** The server of rm and cm. */
  main(sql: string, values?: (string | number)[]): Promise<Row[]>;
  /** The server of this region's heartbeat database. */
  region(sql: string, values?: (string | number)[]): Promise<Row[]>;
  close(): Promise<void>;
}

function poolFor(server: Server): mysql.Pool {
  return mysql.createPool({
    host: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    connectionLimit: 2,
    connectTimeout: 3000,
    charset: "utf8mb4",
  });
}

/** A database's name between backticks, whatever it is made of. */
export const identifier = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

export function openMetadb(config: OmsConfig): Metadb {
  const main = poolFor(config.main);
  const isSame = JSON.stringify(config.main) === JSON.stringify(config.region);
  const region = isSame ? main : poolFor(config.region);
  const ask = (pool: mysql.Pool) => async (sql: string, values?: (string | number)[]) => {
    const [rows] = await pool.query({ sql, timeout: 10_000 }, values);
    return Array.isArray(rows) ? (rows as Row[]) : [];
  };
  return {
    main: ask(main),
    region: ask(region),
    close: async () => {
      await main.end();
      if (!isSame) await region.end();
    },
  };
}
