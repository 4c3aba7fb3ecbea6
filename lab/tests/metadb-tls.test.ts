import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Secret } from "#lib/domain/secret.ts";
import { families, type Tls, TlsScene, whyNot } from "./tls/tls-scene.ts";

const tls13 = "TLSv1.3";

/** Sessions with real servers that have TLS, and with accounts that demand it. */
for (const family of families) {
  describe(`sessions with ${family}`, { skip: await whyNot(family) }, () => {
    const scene = new TlsScene(family);
    const is = async (...login: Parameters<typeof scene.logIn>) => (await scene.logIn(...login)).is;

    test("each mode is what it says", async () => {
      const { ca, otherCa } = scene;
      for (const host of ["127.0.0.1", "metadb.test"]) {
        assert.equal(await is("anyhow", { mode: "verify-full", ca }, host), tls13);
      }
      const elsewhere = "192.0.2.1";
      assert.equal(await is("anyhow", { mode: "verify-ca", ca }, elsewhere), tls13);
      const named = is("anyhow", { mode: "verify-full", ca }, elsewhere);
      assert.equal(await named, "metadb.tls_wrong_name");
      const wrong = is("anyhow", { mode: "verify-ca", ca: otherCa });
      assert.equal(await wrong, "metadb.tls_untrusted");
      assert.equal(await is("anyhow", { mode: "required" }), tls13);
      // By now it knows the account.
      assert.equal(await is("anyhow", { mode: "preferred" }), tls13);
      assert.equal(await is("anyhow", { mode: "off" }), "");
    });

    test("an account that demands TLS is let in with it, and told of without", async () => {
      const key = { publicKey: publicKey(scene) };
      const plain = await scene.logIn("encrypted", { mode: "off", ...key });
      assert.equal(plain.is, "metadb.auth_failed");
      assert.match(plain.remedy, /If the account requires TLS .*, set the TLS mode to "required"/);
      assert.equal(await is("encrypted", { mode: "required" }), tls13);
      assert.equal(await is("encrypted", { mode: "preferred" }), tls13);
    });

    test("an account that demands a client certificate is let in with it alone", async () => {
      const { ca, client } = scene;
      const verified = { mode: "verify-full", ca } as const;
      const without = await scene.logIn("certified", verified);
      assert.equal(without.is, "metadb.auth_failed");
      assert.match(without.remedy, /If the account requires a client certificate, enter it/);
      assert.equal(await is("certified", { ...verified, ...client }), tls13);
      assert.equal(await is("certified", { mode: "required", ...client }), tls13);
    });

    test("a server that demands TLS of everybody lets in who has it, and the others are told of it", async () => {
      await scene.server.query("set global require_secure_transport = on");
      const plain = await scene.logIn("anyhow", { mode: "off" });
      // MariaDB 10.11 says what it says to a wrong password, the others have words of their own for it.
      assert.match(plain.is, /^metadb\.(auth_failed|tls_required)$/);
      assert.match(plain.remedy, /set the TLS mode to "(required|preferred)"/i);
      assert.equal(await is("anyhow", { mode: "required" }), tls13);
      await scene.server.query("set global require_secure_transport = off");
    });

    if (family === "mysql") {
      test("a password that is asked for is given to a server that proved who it is, and to no other", async () => {
        const { ca } = scene;
        let accounts = 0;
        /** The first log-in of an account, and the second. */
        const twice = async (tls: Tls) => {
          const user = await scene.createUser(`first${++accounts}`);
          const { is, rememberedOnly } = await scene.logIn(user, tls);
          return [is, rememberedOnly, (await scene.logIn(user, tls)).is];
        };
        const withheld = "metadb.password_withheld";
        for (const mode of ["off", "preferred"] as const) {
          assert.deepEqual(await twice({ mode }), [withheld, false, withheld]);
        }
        for (const mode of ["verify-ca", "verify-full", "required"] as const) {
          assert.deepEqual(await twice({ mode, ca }), [tls13, false, tls13]);
        }
        const keyed = { mode: "off", publicKey: publicKey(scene) } as const;
        assert.deepEqual(await twice(keyed), ["", false, ""]);
        // Now it remembers the account: whoever gives no password is let in, and is told what that rests on.
        const known = `first${accounts}`;
        for (const mode of ["off", "preferred"] as const) {
          assert.equal((await scene.logIn(known, { mode })).rememberedOnly, true);
        }
        assert.equal((await scene.logIn(known, keyed)).rememberedOnly, false);
      });
    }
  });
}

/** MySQL makes one in its data directory; MariaDB has none. */
function publicKey({ family, server }: TlsScene): Secret | null {
  return family === "mysql"
    ? new Secret(readFileSync(join(server.dataDir, "public_key.pem"), "utf8"))
    : null;
}
