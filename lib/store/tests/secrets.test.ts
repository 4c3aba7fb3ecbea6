import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inspect } from "node:util";
import { SecretId } from "#lib/domain/ids.ts";
import { Secret } from "#lib/domain/secret.ts";
import { logRedactor } from "#lib/log/log.ts";
import { db, storeHandle, transaction } from "../client.ts";
import { DataDirHeld, holdDataDir } from "../hold-data-dir.ts";
import { closeStore, openStore } from "../open.ts";
import { secrets } from "../secrets.ts";

const directory = mkdtempSync(join(tmpdir(), "uplift-secrets-"));
const keyFile = join(directory, "secret.key");
before(() => openStore(directory));
after(async () => {
  await closeStore();
  rmSync(directory, { recursive: true });
});

const put = (text: string) => transaction((tx) => secrets.put(tx, new Secret(text)));

test("a secret comes back, and its text is nowhere on disk or in print", async () => {
  const id = await put("hunter22-ß");
  assert.equal((await secrets.get(id)).reveal(), "hunter22-ß");
  const files = ["uplift.db", "uplift.db-wal"].map((name) => readFileSync(join(directory, name)));
  assert.equal(
    files.some((bytes) => bytes.includes("hunter22")),
    false,
  );
  const key = readFileSync(keyFile, "utf8").trim();
  assert.equal(inspect(storeHandle()?.masterKey, { depth: 9 }).includes(key.slice(0, 20)), false);
  assert.equal(logRedactor().redact("it was hunter22-ß"), `it was ${Secret.mask}`);
});

test("sealed texts cannot be swapped between rows nor changed", async () => {
  const [a, b] = [await put("secret of a"), await put("secret of b")];
  const rowB = await db().secret.findUniqueOrThrow({ where: { id: b } });
  await db().secret.update({ where: { id: a }, data: { sealed: rowB.sealed } });
  await assert.rejects(secrets.get(a), { code: "internal" });
  await db().secret.update({
    where: { id: b },
    data: { sealed: `${rowB.sealed.slice(0, -6)}AAAAA=` },
  });
  await assert.rejects(secrets.get(b), { code: "internal" });
  await db().secret.deleteMany({ where: { id: { in: [a, b] } } });
  await assert.rejects(secrets.get(a), { code: "not_found" });
  await assert.rejects(secrets.all([SecretId.parse("sec_000000000000")]), { code: "not_found" });
});

test("equal secrets are sealed differently", async () => {
  const [a, b] = [await put("same"), await put("same")];
  const rows = await db().secret.findMany({ where: { id: { in: [a, b] } } });
  assert.equal(new Set(rows.map(({ sealed }) => sealed)).size, 2);
});

test("the key file is private, is not replaced when it is lost, and must fit", async () => {
  await put("kept");
  const text = readFileSync(keyFile, "utf8");
  assert.equal(statSync(keyFile).mode & 0o777, 0o600);
  await closeStore();

  chmodSync(keyFile, 0o640);
  await assert.rejects(openStore(directory), /chmod 600/);
  rmSync(keyFile);
  await assert.rejects(openStore(directory), /is missing/);
  await assert.rejects(openStore(directory, Buffer.alloc(32).toString("base64")), /another key/);
  await assert.rejects(openStore(directory, "c2hvcnQ="), /not 32 bytes/);
  // The content of the lost file in the environment is as good as the file.
  await openStore(directory, text.trim());
  await closeStore();
  writeFileSync(keyFile, text, { mode: 0o600 });
  await openStore(directory);
});

test("one server at a time holds the data directory, and its death ends the hold", async () => {
  const script = `
    const { holdDataDir } = await import(${JSON.stringify(import.meta.resolve("../hold-data-dir.ts"))});
    globalThis.hold = await holdDataDir(${JSON.stringify(directory)});
    console.log("held");
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ["--input-type=module", "-e", script]);
  await once(other.stdout, "data");
  await assert.rejects(holdDataDir(directory), DataDirHeld);
  other.kill("SIGKILL");
  await once(other, "exit");
  const release = await holdDataDir(directory);
  await assert.rejects(holdDataDir(directory), DataDirHeld);
  await release();
  const again = await holdDataDir(directory);
  await again();
});
