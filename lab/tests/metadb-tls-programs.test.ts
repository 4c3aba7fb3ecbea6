import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { tryRun } from "#lab/shell.ts";
import { loginLines } from "#lib/commands/client-login.ts";
import { dumpData, restoreClient } from "#lib/commands/dump.ts";
import { dumpScript, restoreScript } from "#lib/commands/dump-scripts.ts";
import type { SecretId } from "#lib/domain/ids.ts";
import { Secret } from "#lib/domain/secret.ts";
import { type ServerTls, withoutTls } from "#lib/domain/tls.ts";
import { tlsParts } from "#lib/domain/tls-modes.ts";
import { Authority } from "#lib/metadb/tests/certificates.ts";
import { type RogueOptions, RogueServer } from "#lib/metadb/tests/rogue-server.ts";
import { families, noFiles, password, type Tls, TlsScene, whyNot } from "./tls/tls-scene.ts";

/** The client programs of both families, told of TLS as jobs tell them. */
for (const family of families) {
  describe(`the programs of ${family}`, { skip: await whyNot(family) }, () => {
    const scene = new TlsScene(family);

    /** Dumps the database `kept` and loads it into `filled`. @returns what was in the way, or "" */
    async function thereAndBack(user: string, tls: Tls): Promise<string> {
      const tool = scene.tool ?? assert.fail("no programs");
      const server = { host: "127.0.0.1", port: scene.port, user, tls: registered(tls) };
      const login = { password: new Secret(password), tls: { ...noFiles, ...tls } };
      const input = `${loginLines(login)
        .map((line) => line.reveal())
        .join("\n")}\n`;
      const script = (text: string, ...parameters: string[]) =>
        tryRun(["sh", "-c", text, "sh", ...parameters], { input });
      const directory = join(scene.directory, "out");
      const data = dumpData(tool, server, "kept").argv;
      const dumped = await script(dumpScript, directory, "kept.sql", "", "none", ...data);
      if (dumped.code !== 0) return dumped.stderr;
      await scene.server.query("drop table if exists filled.t");
      const client = restoreClient(tool, server, "filled").argv;
      const file = join(directory, "kept.sql");
      const loaded = await script(restoreScript, "none", file, "", "", ...client);
      rmSync(directory, { recursive: true });
      if (loaded.code !== 0) return loaded.stderr;
      assert.deepEqual(await scene.server.query("select a from filled.t"), [{ a: 7 }]);
      return "";
    }

    test("dump and restore over TLS, with a server that proves who it is", async () => {
      const { ca } = scene;
      for (const mode of ["verify-ca", "verify-full"] as const) {
        for (const user of ["anyhow", "encrypted"]) {
          assert.equal(await thereAndBack(user, { mode, ca }), "");
        }
        const wrong = await thereAndBack("anyhow", { mode, ca: scene.otherCa });
        assert.match(wrong, /certificate/);
      }
    });

    test("where nothing need be proved, too", async () => {
      assert.equal(await thereAndBack("encrypted", { mode: "required" }), "");
      assert.equal(await thereAndBack("encrypted", { mode: "preferred" }), "");
    });

    test("without TLS an account that demands it is let in by nothing", async () => {
      assert.match(await thereAndBack("encrypted", { mode: "off" }), /denied|secure connection/);
    });

    test("a client certificate is shown with its key", async () => {
      const verified = { mode: "verify-full", ca: scene.ca } as const;
      assert.match(await thereAndBack("certified", verified), /denied/);
      assert.equal(await thereAndBack("certified", { ...verified, ...scene.client }), "");
    });

    test("a server that has not proved who it is does not hear the password", async () => {
      const site = new Authority("Somebody's CA");
      const certificate = site.issue("metadb", ["IP:127.0.0.1"]);
      site.remove();
      const methods = ["caching_sha2_password", "mysql_clear_password"];
      const rogues = methods.flatMap((method): RogueOptions[] => [
        { method },
        { method, certificate },
      ]);
      for (const rogue of rogues) {
        for (const mode of ["off", "preferred", "verify-ca", "verify-full"] as const) {
          // MySQL's programs believe whoever speaks TLS, unless they are to verify.
          if (family === "mysql" && mode === "preferred" && rogue.certificate) continue;
          const words = `${rogue.method} ${rogue.certificate ? "TLS" : ""} ${mode}`;
          assert.equal(await hears(rogue, { mode, ca: scene.ca }), false, words);
        }
      }
    });

    /** Whether a rogue learns the password from the family's client. */
    async function hears(options: RogueOptions, tls: Tls): Promise<boolean> {
      const tool = scene.tool ?? assert.fail("no programs");
      const rogue = new RogueServer(options);
      const port = await rogue.listen();
      const server = { host: "127.0.0.1", port, user: "oms", tls: registered(tls) };
      const login = { password: new Secret(password), tls: { ...noFiles, ...tls } };
      const { argv } = restoreClient(tool, server, "filled");
      const parameters = ["none", "/dev/null", "", "", ...argv];
      const input = `${loginLines(login)
        .map((line) => line.reveal())
        .join("\n")}\n`;
      await tryRun(["sh", "-c", restoreScript, "sh", ...parameters], { input, timeoutMs: 10_000 });
      rogue.close();
      return rogue.knows(password);
    }
  });
}

/** As the store has it: ids in place of files. */
function registered(tls: Tls): ServerTls {
  const id = "sec_000000000000" as SecretId;
  const parts = tlsParts.map((part) => [`${part}Id`, tls[part] ? id : null]);
  return { ...withoutTls, mode: tls.mode, ...Object.fromEntries(parts) };
}
