import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { before, describe, test } from "node:test";
import mysql from "mysql2/promise";
import { Secret } from "#lib/domain/secret.ts";
import { Authority, type Issued } from "./certificates.ts";
import { meet as meetWith, password } from "./meet.ts";
import { RogueServer } from "./rogue-server.ts";

/** What the rogue got out of it. */
async function meet(...how: Parameters<typeof meetWith>) {
  const { outcome, knows } = await meetWith(...how);
  return { outcome, knows };
}

const methods = ["caching_sha2_password", "sha256_password", "mysql_clear_password"];

let ca: Secret;
let own: Issued;
let forged: Issued;
before(() => {
  const [site, rogues] = [new Authority("The site's CA"), new Authority("Somebody's CA")];
  ca = new Secret(site.ca);
  own = site.issue("metadb", ["IP:127.0.0.1"]);
  forged = rogues.issue("metadb", ["IP:127.0.0.1"]);
  for (const one of [site, rogues]) one.remove();
});

test("the rogue of these tests is one: a driver left to itself tells it the password", async () => {
  for (const method of ["caching_sha2_password", "sha256_password"]) {
    const rogue = new RogueServer({ method });
    const to = { host: "127.0.0.1", port: await rogue.listen(), user: "oms", password };
    const connection = await mysql.createConnection(to);
    assert.ok(rogue.knows(password), method);
    connection.destroy();
    rogue.close();
  }
});

describe("a server that has not proved who it is never gets the password", () => {
  const withheld = { outcome: "metadb.password_withheld", knows: false };
  for (const method of methods) {
    test(`${method}: where nothing need be proved`, async () => {
      assert.deepEqual(await meet({ method }, { mode: "off" }), withheld);
      assert.deepEqual(await meet({ method }, { mode: "preferred" }), withheld);
      const encrypted = { method, certificate: forged };
      assert.deepEqual(await meet(encrypted, { mode: "preferred" }), withheld);
    });
    for (const mode of ["verify-ca", "verify-full"] as const) {
      test(`${method}: where it must be, ${mode}`, async () => {
        const encrypted = { method, certificate: forged };
        const untrusted = { outcome: "metadb.tls_untrusted", knows: false };
        assert.deepEqual(await meet(encrypted, { mode, ca }), untrusted);
        const notOffered = { outcome: "metadb.tls_not_offered", knows: false };
        assert.deepEqual(await meet({ method }, { mode, ca }), notOffered);
      });
    }
  }

  test("where a key was given for it, that is used and no other", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = new Secret(publicKey.export({ type: "spki", format: "pem" }).toString());
    for (const method of ["caching_sha2_password", "sha256_password"]) {
      const { knows } = await meet({ method }, { mode: "off", publicKey: pem });
      assert.equal(knows, false, method);
    }
  });
});

test("one that has, or that is to be believed, gets it", async () => {
  for (const method of methods) {
    for (const mode of ["verify-ca", "verify-full", "required"] as const) {
      const tls = { mode, ca: mode === "required" ? null : ca };
      const { knows, outcome } = await meet({ method, certificate: own }, tls);
      assert.ok(knows, `${method} ${mode}`);
      assert.deepEqual(outcome, {
        tls: { protocol: "TLSv1.3", verified: mode !== "required" },
        rememberedOnly: false,
      });
    }
  }
});

test("a log-in that rests on the server's memory alone is told as such", async () => {
  const asked = { method: "caching_sha2_password", remembers: true };
  const { outcome } = await meet(asked, { mode: "off" });
  assert.deepEqual(outcome, { tls: null, rememberedOnly: true });
  const met = await meet({ ...asked, certificate: own }, { mode: "verify-ca", ca });
  assert.deepEqual(met.outcome, {
    tls: { protocol: "TLSv1.3", verified: true },
    rememberedOnly: false,
  });
});
