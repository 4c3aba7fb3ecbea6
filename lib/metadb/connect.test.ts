import assert from "node:assert/strict";
import { once } from "node:events";
import net, { type AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import mysql from "mysql2";
import type { ServerFamily } from "#lib/domain/flavour.ts";
import { Secret } from "#lib/domain/secret.ts";
import { passwordLogin } from "#lib/domain/server-login.ts";
import { connectSql } from "./connect.ts";
import type { SqlSession } from "./types.ts";

let words = { version: "8.0.36", comment: "MySQL Community Server - GPL" };
const asked: string[] = [];

/** A double of a MySQL server: it takes everybody in, says what it is, and answers no other statement. */
const server = mysql.createServer((connection) => {
  connection.on("error", () => undefined);
  connection.on("query", (statement: string) => {
    asked.push(statement);
    // The driver's server goes on counting packets where a client begins anew with each statement.
    Object.assign(connection, { sequenceId: 1 });
    if (statement.startsWith("SELECT VERSION()")) {
      const column = { catalog: "def", schema: "", table: "", orgTable: "", characterSet: 45 };
      const text = { ...column, columnLength: 100, columnType: 253, flags: 0, decimals: 0 };
      const answer = connection as unknown as Record<string, (value?: unknown) => void>;
      const columns = [
        { ...text, name: "version", orgName: "version" },
        { ...text, name: "comment", orgName: "comment" },
      ];
      answer.writeColumns?.(columns);
      answer.writeTextRow?.([words.version, words.comment]);
      answer.writeEof?.();
    }
  });
  // The driver's server takes a SET for the preparation of a statement.
  connection.on("stmt_prepare", (statement: string) => {
    asked.push(statement);
    Object.assign(connection, { sequenceId: 1 });
    connection.writeOk();
  });
  connection.serverHandshake({
    protocolVersion: 10,
    serverVersion: "8.0.36",
    connectionId: 1,
    statusFlags: 2,
    characterSet: 45,
    capabilityFlags: 0xffffff ^ 2048,
  });
});
let port = 0;
const sockets: net.Socket[] = [];

// The driver keeps the server's socket in here.
const listener = (server as unknown as { _server: net.Server })._server;

before(async () => {
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  port = (listener.address() as AddressInfo).port;
});
after(() => {
  for (const socket of sockets) socket.destroy();
  listener.close();
});

async function session(
  timeoutMs: number,
  takenFor?: ServerFamily,
): Promise<{ session: SqlSession; stream: net.Socket }> {
  const stream = net.connect(port, "127.0.0.1");
  sockets.push(stream);
  await once(stream, "connect");
  const taken = takenFor === undefined ? {} : { takenFor };
  const to = { server: { host: "metadb", port: 3306, user: "oms", ...taken }, via: "hz-1" };
  const login = passwordLogin(new Secret("secret"), "off");
  return { session: await connectSql({ ...to, ...login, stream, timeoutMs }), stream };
}

test("a statement that gets no answer ends at its deadline, and closing does not wait for one", async () => {
  const open = await session(300);
  await assert.rejects(open.session.query("SELECT SLEEP(60)"), {
    code: "metadb.unreachable",
    message: /through hz-1, as oms.* was lost during "SELECT SLEEP\(60\)"/,
  });
  assert.ok(open.stream.destroyed, "a late answer would be taken for that to the next statement");
  const from = performance.now();
  await open.session.close();
  assert.ok(performance.now() - from < 5_000);
});

test("a stream that ends under a statement is a lost connection, and so is what is asked later", async () => {
  const open = await session(5_000);
  const asked = assert.rejects(open.session.query("SELECT 1"), { code: "metadb.unreachable" });
  open.stream.push(null);
  await asked;
  await assert.rejects(open.session.query("SELECT 2"), { code: "metadb.unreachable" });
  await open.session.close();
});

test("whatever the server's defaults are, a session escapes as the driver does", async () => {
  const open = await session(5_000);
  const settings = asked.findLast((statement) => statement.startsWith("SET SESSION"));
  assert.match(String(settings), /sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'/);
  assert.match(String(settings), /SESSION information_schema_stats_expiry = 0/);
  await open.session.close();
});

test("a server of no known kind is refused by what it says of itself", async () => {
  words = { version: "8.0.11-TiDB-v7.5.0", comment: "TiDB Server" };
  await assert.rejects(session(5_000), {
    code: "metadb.unknown_server",
    message: /says "8\.0\.11-TiDB-v7\.5\.0" \(TiDB Server\)/,
  });
  const open = await session(5_000, "mysql");
  assert.equal(open.session.server.family, "mysql");
  await open.session.close();
});
