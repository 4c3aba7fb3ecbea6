import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DatabaseServer } from "#lab/metadb/server.ts";
import { freePort } from "#lab/product/free-port.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { Secret } from "#lib/domain/secret.ts";
import type { TlsMode } from "#lib/domain/tls-modes.ts";
import { connectSql } from "#lib/metadb/connect.ts";
import type { TlsMaterial } from "#lib/domain/server-login.ts";
import { Authority } from "#lib/metadb/tests/certificates.ts";
import { channelTo } from "#lib/metadb/tests/channel.ts";

/** Sessions with a real MariaDB that has TLS, and with accounts that demand it. */
const directory = mkdtempSync(join(tmpdir(), "uplift-tls-"));
const password = "Only-for-the-MetaDB-7";
let server: DatabaseServer;
let ca: Secret;
let client: Pick<TlsMaterial, "certificate" | "key">;

before(async () => {
  const site = new Authority("The site's CA");
  ca = new Secret(site.ca);
  const own = site.issue("metadb", ["IP:127.0.0.1", "DNS:metadb.test"]);
  const { cert, key } = site.issue("oms");
  client = { certificate: new Secret(cert), key: new Secret(key) };
  const file = (name: string, text: string) => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const more = [
    `--ssl-ca=${file("ca.pem", site.ca)}`,
    `--ssl-cert=${file("cert.pem", own.cert)}`,
    `--ssl-key=${file("key.pem", own.key)}`,
  ];
  site.remove();
  const listen = { host: "127.0.0.1", port: await freePort() };
  server = new DatabaseServer(directory, { kind: "mariadb", listen, more });
  await server.install();
  await server.start();
  for (const [user, demands] of [
    ["anyhow", ""],
    ["encrypted", "require ssl"],
    ["certified", "require x509"],
  ]) {
    await server.query(`create user ${user}@'%' identified by '${password}' ${demands}`);
  }
});
after(async () => {
  await server?.kill();
  rmSync(directory, { recursive: true, force: true });
});

/** The server's own word for the session's encryption, or the error's code. What a refusal advises is kept. */
async function logIn(
  user: string,
  tls: Partial<TlsMaterial> & { mode: TlsMode },
  host = "127.0.0.1",
) {
  const { port } = server.listen ?? { port: 0 };
  try {
    const session = await connectSql({
      server: { host, port, user },
      password: new Secret(password),
      tls: { ...{ ca: null, certificate: null, key: null, publicKey: null }, ...tls },
      stream: await channelTo(port),
      via: "hz-1",
      timeoutMs: 20_000,
    });
    const [row] = await session.query("SHOW STATUS LIKE 'Ssl_version'");
    await session.close();
    const told = session.secured.tls?.protocol ?? "";
    assert.equal(row?.Value, told, "what the facts tell is what the server has");
    return told;
  } catch (error) {
    assert.ok(error instanceof UpliftError, String(error));
    assert.equal(error.retryable, false);
    advice = error.remedy;
    return error.code;
  }
}

let advice = "";

test("each mode is what it says", async () => {
  const protocol = "TLSv1.3";
  assert.equal(await logIn("anyhow", { mode: "off" }), "");
  for (const mode of ["preferred", "required"] as const) {
    assert.equal(await logIn("anyhow", { mode }), protocol);
  }
  for (const host of ["127.0.0.1", "metadb.test"]) {
    assert.equal(await logIn("anyhow", { mode: "verify-full", ca }, host), protocol);
  }
  assert.equal(await logIn("anyhow", { mode: "verify-ca", ca }, "192.0.2.1"), protocol);
  const elsewhere = logIn("anyhow", { mode: "verify-full", ca }, "192.0.2.1");
  assert.equal(await elsewhere, "metadb.tls_wrong_name");
  const other = new Authority("Another CA");
  other.remove();
  const wrong = logIn("anyhow", { mode: "verify-ca", ca: new Secret(other.ca) });
  assert.equal(await wrong, "metadb.tls_untrusted");
});

test("an account that demands TLS is let in with it, and told of without", async () => {
  assert.equal(await logIn("encrypted", { mode: "off" }), "metadb.auth_failed");
  assert.match(advice, /If the account requires TLS .*, set the TLS mode to "required"/);
  for (const mode of ["preferred", "required"] as const) {
    assert.equal(await logIn("encrypted", { mode }), "TLSv1.3");
  }
});

test("an account that demands a client certificate is let in with it alone", async () => {
  const verified = { mode: "verify-full", ca } as const;
  assert.equal(await logIn("certified", verified), "metadb.auth_failed");
  assert.match(advice, /If the account requires a client certificate, enter it/);
  assert.equal(await logIn("certified", { ...verified, ...client }), "TLSv1.3");
  assert.equal(await logIn("certified", { mode: "required", ...client }), "TLSv1.3");
});

test("a server that demands TLS of everybody lets in who has it, and the others are told of it", async () => {
  await server.query("set global require_secure_transport = on");
  // MariaDB 10.11 says what it says to a wrong password, 11 has words of its own for it.
  assert.match(await logIn("anyhow", { mode: "off" }), /^metadb\.(auth_failed|tls_required)$/);
  assert.match(advice, /set the TLS mode to "(required|preferred)"/i);
  assert.equal(await logIn("anyhow", { mode: "preferred" }), "TLSv1.3");
  await server.query("set global require_secure_transport = off");
});
