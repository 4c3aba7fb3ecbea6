import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "mysql2/promise";
import { UpliftError } from "#lib/domain/errors.ts";
import { flavourOf, identifyServer, type ServerIdentity } from "#lib/domain/flavour.ts";
import type { DatabaseServer } from "#lib/domain/inventory.ts";
import type { ServerLogin } from "#lib/domain/server-login.ts";
import { logIn } from "./tls.ts";
import { accessHints, notOffered, tlsRequired } from "./tls-errors.ts";
import type { SecuredSession, SessionSecurity, SqlRow, SqlValue } from "./types.ts";

export interface SqlConnection extends ServerLogin {
  server: Pick<DatabaseServer, "host" | "port" | "user" | "takenFor">;
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
 * Opens a session over a stream, and sets it up by the server's flavour.
 *
 * @throws UpliftError metadb.auth_failed, metadb.unreachable, metadb.unknown_server, metadb.tls_*,
 * metadb.password_withheld
 */
export async function connectSql(to: SqlConnection): Promise<SecuredSession> {
  const { server, password, stream, via } = to;
  const where = `MetaDB ${server.host}:${server.port} (through ${via}, as ${server.user})`;
  // mysql2 notices a stream that closes, not one whose other side has ended: it would wait for the
  // whole deadline of the log-in or the statement after a server has died.
  stream.once("end", () => stream.destroy());
  let connection: Connection;
  let secured: SessionSecurity;
  try {
    ({ connection, secured } = await logIn(to, where, {
      stream: () => stream,
      user: server.user,
      password: password.reveal(),
      charset: "utf8mb4",
      connectTimeout: 15_000,
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: true,
    }));
  } catch (cause) {
    stream.destroy();
    throw connectError(cause, where, to);
  }

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
  const ask = async (sql: string, values: readonly SqlValue[] = []) => {
    const rows = await run(sql, values);
    return Array.isArray(rows) ? (rows as SqlRow[]) : [];
  };
  const close = async () => {
    // After a statement's deadline, or on a way that has gone silent, the good-bye is never answered.
    const ended = connection.end().catch(() => undefined);
    await Promise.race([ended, sleep(goodbyeMs, undefined, { ref: false })]);
    stream.destroy();
  };
  let identity: ServerIdentity;
  try {
    identity = await setUp(ask, where, to);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    server: identity,
    secured,
    query: ask,
    close,
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
  };
}

/**
 * What every session of ours has in common, whatever the server's defaults are: backslashes escape, double
 * quotes enclose texts (mysql2 writes values into statements by these rules), and a value that does not fit
 * is an error.
 */
const sqlMode = "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION";

/** Asks the server what it is and sets the session accordingly. @throws UpliftError metadb.* */
async function setUp(
  ask: (sql: string) => Promise<SqlRow[]>,
  where: string,
  { timeoutMs, server }: SqlConnection,
): Promise<ServerIdentity> {
  const [row] = await ask("SELECT VERSION() AS version, @@version_comment AS comment");
  const words = { version: String(row?.version ?? ""), comment: String(row?.comment ?? "") };
  const identity = identifyServer(words, server.takenFor ?? null);
  if (identity === null) {
    throw new UpliftError(
      "metadb.unknown_server",
      `${where} is none of the servers that Uplift was tried with: it says "${words.version}" (${words.comment}).`,
      {
        remedy:
          "Uplift knows OceanBase, MySQL and MariaDB. If this server is compatible with one of them, an administrator can say so in the deployment's settings; then practise a backup before an upgrade.",
      },
    );
  }
  const settings = [`sql_mode = '${sqlMode}'`, ...flavourOf(identity).session(timeoutMs)];
  await ask(`SET SESSION ${settings.join(", SESSION ")}`);
  return identity;
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

function connectError(cause: unknown, where: string, { tls }: SqlConnection): UpliftError {
  if (cause instanceof UpliftError) return cause;
  const { code, message } = driverError(cause);
  if (code === "HANDSHAKE_NO_SSL_SUPPORT") return notOffered(cause, where);
  if (code === "ER_SECURE_TRANSPORT_REQUIRED") return tlsRequired(cause, message, where);
  if (code === "ER_ACCESS_DENIED_ERROR" || code === "ER_DBACCESS_DENIED_ERROR") {
    const remedy =
      "Check the MetaDB's user and password in the deployment, and from which hosts it may log in.";
    return new UpliftError("metadb.auth_failed", `${where} refused the log-in: ${message}`, {
      remedy: [remedy, ...accessHints(tls)].join(" "),
      cause,
    });
  }
  const [, method] = /unknown plugin (\S+)\. /.exec(message) ?? [];
  if (method !== undefined) return unknownMethod(cause, method, where);
  return new UpliftError("metadb.unreachable", `${where} cannot be reached: ${message}`, {
    remedy: "Check that the MetaDB runs and that the node may connect to its host and port.",
    retryable: true,
    cause,
  });
}

function unknownMethod(cause: unknown, method: string, where: string): UpliftError {
  return new UpliftError(
    "metadb.auth_failed",
    `${where} requires the authentication plugin ${method}, which Uplift does not support.`,
    {
      remedy: "Use caching_sha2_password or mysql_native_password for the MetaDB's user.",
      cause,
    },
  );
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
