import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Secret } from "#lib/domain/secret.ts";
import { sayer } from "#lib/i18n/said.ts";
import { saidPairs } from "#lib/i18n/said-pairs.ts";
import { Authority, type Issued } from "./certificates.ts";
import { meet } from "./meet.ts";

const method = "caching_sha2_password";
const where = "MetaDB \\S+ \\(through hz-1, as oms\\)";

let ca: Secret;
let named: Issued;
let numbered: Issued;
let expired: Issued;
let lonely: Issued;
before(() => {
  const [site, other] = [new Authority("The site's CA"), new Authority("Another CA")];
  ca = new Secret(site.ca);
  named = site.issue("metadb", ["DNS:metadb.test", "DNS:*.pool.test"]);
  numbered = site.issue("metadb", ["IP:192.0.2.7"]);
  expired = site.issue("metadb", ["IP:192.0.2.7"], -1);
  lonely = other.issue("metadb.test", ["DNS:metadb.test"]);
  for (const one of [site, other]) one.remove();
});

const verified = { tls: { protocol: "TLSv1.3", verified: true }, rememberedOnly: false };

test("verify-full wants the registered name in the certificate, be it a name or an address", async () => {
  const full = { mode: "verify-full", ca } as const;
  for (const [certificate, host] of [
    [named, "metadb.test"],
    [named, "b.pool.test"],
    [numbered, "192.0.2.7"],
  ] as const) {
    assert.deepEqual((await meet({ method, certificate }, full, host)).outcome, verified, host);
  }
  for (const [certificate, host, names] of [
    [named, "metadb.example", "DNS:metadb.test, DNS:\\*.pool.test"],
    [named, "192.0.2.7", "DNS:metadb.test, DNS:\\*.pool.test"],
    [numbered, "192.0.2.8", "IP Address:192.0.2.7"],
    [numbered, "metadb.test", "IP Address:192.0.2.7"],
  ] as const) {
    const met = await meet({ method, certificate }, full, host);
    assert.equal(met.outcome, "metadb.tls_wrong_name");
    const words = `^${where}: the server's certificate is for ${names}, not for ${host}\\.$`;
    assert.match(met.message ?? "", new RegExp(words));
    assert.equal(met.knows, false);
    const { outcome } = await meet({ method, certificate }, { mode: "verify-ca", ca }, host);
    assert.deepEqual(outcome, verified);
  }
});

test("what is wrong with a certificate is told, with its issuer and its fingerprint", async () => {
  for (const [certificate, why, issuer] of [
    [lonely, "another authority issued it", "CN=Another CA"],
    [expired, "it has expired", "CN=The site's CA"],
  ] as const) {
    const met = await meet({ method, certificate }, { mode: "verify-ca", ca }, "metadb.test");
    assert.equal(met.outcome, "metadb.tls_untrusted");
    const words = `^${where}: the server's certificate is not trusted: ${why}\\. Issuer: ${issuer}; SHA-256 fingerprint: ([0-9A-F]{2}:){31}[0-9A-F]{2}; valid until .* GMT\\.$`;
    assert.match(met.message ?? "", new RegExp(words));
  }
});

test("an old server's encryption is better than none, and no more", async () => {
  const certificate = {
    ...{ ...named, minVersion: "TLSv1.1" as const, maxVersion: "TLSv1.1" as const },
    ciphers: "DEFAULT:@SECLEVEL=0",
  } as const;
  const remembers = { method, remembers: true, certificate };
  const preferred = await meet(remembers, { mode: "preferred" });
  assert.deepEqual(preferred.outcome, {
    tls: { protocol: "TLSv1.1", verified: false },
    rememberedOnly: true,
  });
  for (const mode of ["required", "verify-ca"] as const) {
    const { outcome, message } = await meet(remembers, { mode, ca }, "metadb.test");
    assert.equal(outcome, "metadb.tls_failed");
    assert.match(message ?? "", /: TLS could not be set up: .*protocol version/i);
  }
});

test("a server that takes nobody without TLS is told as such", async () => {
  const words = "Connections using insecure transport are prohibited";
  const refused = await meet({ method, refuses: { code: 3159, words } }, { mode: "off" });
  assert.equal(refused.outcome, "metadb.tls_required");
  assert.match(
    refused.message ?? "",
    new RegExp(`^${where} only accepts TLS connections: ${words}$`),
  );
});

test("a client certificate is shown to who asks for one", async () => {
  const site = new Authority("Clients");
  const client = site.issue("oms");
  const certificate = { ...named, requestCert: true, rejectUnauthorized: true, ca: site.ca };
  site.remove();
  const tls = { mode: "verify-ca", ca } as const;
  const shown = { certificate: new Secret(client.cert), key: new Secret(client.key) };
  assert.deepEqual((await meet({ method, certificate }, { ...tls, ...shown })).outcome, verified);
  const without = await meet({ method, certificate }, tls);
  assert.equal(typeof without.outcome, "string");
  assert.equal(without.knows, false);
});

test("all that is said of TLS is said in Chinese as well", async () => {
  const said = sayer(saidPairs("zh-CN"));
  const full = { mode: "verify-full", ca } as const;
  const old = { ...named, maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" } as const;
  const refusals = [
    await meet({ method, certificate: named }, full, "metadb.example"),
    await meet({ method, certificate: lonely }, full, "metadb.test"),
    await meet({ method, certificate: old }, full, "metadb.test"),
    await meet({ method }, full),
    await meet({ method }, { mode: "preferred" }),
    await meet({ method, certificate: named }, { mode: "preferred" }),
    await meet({ method: "client_ed25519" }, { mode: "off" }),
    await meet({ method, refuses: { code: 3159, words: "No." } }, { mode: "off" }),
    await meet({ method, refuses: { code: 1045, words: "No." } }, { mode: "off" }),
    await meet(
      { method, refuses: { code: 1045, words: "No." }, certificate: named },
      { ...full, mode: "required" },
    ),
  ];
  for (const { message = "", remedy = "" } of refusals) {
    assert.match(said(message), /[\u4e00-\u9fff]/, message);
    assert.match(said(remedy), /[\u4e00-\u9fff]/, remedy);
  }
});
