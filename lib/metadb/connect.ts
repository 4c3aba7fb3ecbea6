import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import mysql from "mysql2/promise";
import { UpliftError } from "#lib/domain/errors.ts";
import type { DatabaseServer } from "#lib/domain/inventory.ts";
import type { Secret } from "#lib/domain/secret.ts";
import type { SqlRow, SqlSession, SqlValue } from "./types.ts";

export interface SqlConnection {
  server: Pick<DatabaseServer, "host" | "port" | "user">;
  password: Secret;
  /** The stream to the server, opened by a node. */
  stream: Duplex;
  /** The node's name, for messages. */
  via: string;
  /** Deadline of one statement, milliseconds. */
  timeoutMs: number;
}

/** How long a session may take to say good-bye, milliseconds. */
const goodbyeMs = 2_000;

/**
 * Opens a session over a stream.
 *
 * @throws UpliftError metadb.auth_failed, metadb.unreachable
 */
export async function connectSql(to: SqlConnection): Promise<SqlSession> {
  const { server, password, stream, via } = to;
  const where = `MetaDB ${server.host}:${server.port} (through ${via}, as ${server.user})`;
  // mysql2 notices a stream that closes, not one whose other side has ended: it would wait for the
  // whole deadline of the log-in or the statement after a server has died.
  stream.once("end", () => stream.destroy());
  let connection: mysql.Connection;
  try {
    connection = await mysql.createConnection({
      stream: () => stream,
      user: server.user,
      password: password.reveal(),
      charset: "utf8mb4",
      connectTimeout: 15_000,
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: true,
    });
  } catch (cause) {
    stream.destroy();
    throw connectError(cause, where);
  }
  // Without a listener a lost connection would end the process; the pending query rejects anyway.
  connection.on("error", () => stream.destroy());

  const run = async (sql: string, values: readonly SqlValue[]) => {
    try {
      const [result] = await connection.query({ sql, values: [...values], timeout: to.timeoutMs });
      return result;
    } catch (cause) {
      const error = queryError(cause, where, sql);
      // What was asked last may still be answered: nothing else may be asked over this stream.
      if (error.code === "metadb.unreachable") stream.destroy();
      throw error;
    }
  };
  const session: SqlSession = {
    async query(sql, values = []) {
      const rows = await run(sql, values);
      return Array.isArray(rows) ? (rows as SqlRow[]) : [];
    },
    async execute(sql, values = []) {
      const result = await run(sql, values);
      return "affectedRows" in result ? result.affectedRows : 0;
    },
    async transaction(work) {
      await run("START TRANSACTION", []);
      try {
        const result = await work();
        await run("COMMIT", []);
        return result;
      } catch (error) {
        await run("ROLLBACK", []).catch(() => stream.destroy());
        throw error;
      }
    },
    async close() {
      // After a statement's deadline, or on a way that has gone silent, the good-bye is never answered.
      const ended = connection.end().catch(() => undefined);
      await Promise.race([ended, sleep(goodbyeMs, undefined, { ref: false })]);
      stream.destroy();
    },
  };
  return session;
}

interface DriverError {
  code: string;
  message: string;
}

function driverError(cause: unknown): DriverError {
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  return {
    code: typeof code === "string" ? code : "",
    message: typeof message === "string" ? message : String(cause),
  };
}

function connectError(cause: unknown, where: string): UpliftError {
  const { code, message } = driverError(cause);
  if (code === "ER_ACCESS_DENIED_ERROR" || code === "ER_DBACCESS_DENIED_ERROR") {
    return new UpliftError("metadb.auth_failed", `${where} refused the log-in: ${message}`, {
      remedy:
        "Check the MetaDB's user and password in the deployment, and from which hosts it may log in.",
      cause,
    });
  }
  return new UpliftError("metadb.unreachable", `${where} cannot be reached: ${message}`, {
    remedy: "Check that the MetaDB runs and that the node may connect to its host and port.",
    retryable: true,
    cause,
  });
}

/** What the driver, its stream and a server that goes down say when there is no connection any more. */
const connectionLost =
  /PROTOCOL_CONNECTION_LOST|ECONNRESET|ECONNREFUSED|EPIPE|ERR_STREAM_|closed state|ER_SERVER_SHUTDOWN|ER_CONNECTION_KILLED|PROTOCOL_SEQUENCE_TIMEOUT/;

function queryError(cause: unknown, where: string, sql: string): UpliftError {
  const { code, message } = driverError(cause);
  const shown = sql.length > 160 ? `${sql.slice(0, 160)}…` : sql;
  const lost = connectionLost.test(`${code} ${message}`);
  if (lost) {
    return new UpliftError(
      "metadb.unreachable",
      `${where} was lost during "${shown}": ${message}`,
      {
        remedy: "Check the MetaDB and the network; then retry the step.",
        retryable: true,
        cause,
      },
    );
  }
  if (/ACCESS_DENIED|SPECIFIC_ACCESS/.test(code)) {
    return new UpliftError("metadb.rights_missing", `${where} refused "${shown}": ${message}`, {
      remedy: "Grant the missing right to the MetaDB's user, then retry.",
      cause,
    });
  }
  return new UpliftError(
    "metadb.query_failed",
    `${where} answered "${shown}" with ${code}: ${message}`,
    {
      remedy: "Read the server's answer; mend the cause, then retry.",
      cause,
    },
  );
}
