import assert from "node:assert/strict";
import { test } from "node:test";
import { UpliftError } from "#lib/domain/errors.ts";
import { isScratchName, isTryName, isTryOver, tryNameFor } from "#lib/domain/rehearsal.ts";
import { tryRights } from "./try-rights.ts";
import type { SqlRow, SqlSession } from "./types.ts";

const now = Date.UTC(2026, 5, 1);
const hour = 3_600_000;
const like = { characterSet: "utf8mb4", collation: "utf8mb4_bin", never: ["oms_rm"] };

/** A server with databases that bear marks, which refuses one kind of statement. */
function server(marks: Record<string, string> = {}, refuses?: RegExp) {
  const there = new Map(Object.entries(marks));
  const said: string[] = [];
  const named = (text: string) => /`(uplift_\w+)`/.exec(text)?.[1] ?? "";
  const query = async (text: string, [name = ""]: readonly unknown[] = []): Promise<SqlRow[]> => {
    if (text.includes("SCHEMA_NAME LIKE")) return [...there.keys()].map((one) => ({ name: one }));
    if (text.includes("FROM information_schema.SCHEMATA")) {
      return there.has(String(name)) ? [{ characterSet: "utf8mb4", collation: "x" }] : [];
    }
    if (text.includes("SUM(TABLE_TYPE")) return [{ tables: 1, views: 0, bytes: 0 }];
    if (text.includes("TABLE_NAME = ?")) return [{ name: "uplift_rehearsal" }];
    if (text.startsWith("SELECT made_by")) return [{ madeBy: there.get(named(text)) ?? "" }];
    return [];
  };
  const execute = async (text: string): Promise<number> => {
    if (refuses?.test(text)) {
      throw new UpliftError("metadb.query_failed", `denied: ${text}`, { remedy: "Grant it." });
    }
    said.push(text);
    if (text.startsWith("CREATE DATABASE")) there.set(named(text), "preflight");
    if (text.startsWith("DROP DATABASE")) there.delete(named(text));
    return 1;
  };
  return { session: { query, execute } as unknown as SqlSession, there, said };
}

test("it does in a database of its own what a restore does, and leaves nothing", async () => {
  const { session, there, said } = server();
  const { database, done, refused } = await tryRights(session, like, now);
  assert.equal(refused, null);
  assert.deepEqual(done, [
    ...["CREATE DATABASE", "CREATE TABLE", "LOCK TABLES", "INSERT", "SELECT", "ALTER TABLE"],
    ...["DROP TABLE", "DROP DATABASE"],
  ]);
  assert.ok(isScratchName(database) && isTryName(database));
  assert.deepEqual([...there], []);
  for (const text of said) {
    assert.ok(text.includes(`\`${database}\``) || text === "UNLOCK TABLES", text);
  }
});

for (const [what, refuses, done] of [
  ["CREATE DATABASE", /^CREATE DATABASE/, 0],
  ["INSERT", /^INSERT INTO .*tried/, 3],
  ["DROP TABLE", /^DROP TABLE/, 6],
] as const) {
  test(`what the server refuses is told, and nothing is left: ${what}`, async () => {
    const { session, there } = server({}, refuses);
    const tried = await tryRights(session, like, now);
    assert.equal(tried.done.length, done);
    assert.equal(tried.refused?.what, what);
    assert.match(tried.refused?.message ?? "", /^denied: /);
    assert.deepEqual([...there], []);
  });
}

test("a right to drop that is missing is told; the next try takes what is left", async () => {
  const stuck = server({}, /^DROP DATABASE/);
  const { database, refused } = await tryRights(stuck.session, like, now);
  assert.equal(refused?.what, "DROP DATABASE");
  assert.deepEqual([...stuck.there.keys()], [database]);
  const later = server({ [database]: "preflight" });
  await tryRights(later.session, like, now + 2 * hour);
  assert.deepEqual([...later.there], []);
});

test("leftovers are dropped only if they are a try's, an hour old, and marked", async () => {
  const old = tryNameFor(now - 2 * hour);
  const kept = {
    [tryNameFor(now - hour / 2)]: "preflight",
    [tryNameFor(now - 3 * hour)]: "somebody",
    uplift_rehearse_0a1b2c3d4e5f_1: "pln_0a1b2c3d4e5f",
    uplift_rehearse_mine: "preflight",
  };
  const { session, there } = server({ [old]: "preflight", ...kept });
  await tryRights(session, like, now);
  assert.deepEqual(Object.fromEntries(there), kept);
});

test("a try's name holds its time, and is not a plan's", () => {
  const name = tryNameFor(now);
  assert.notEqual(name, tryNameFor(now));
  assert.deepEqual(
    [0, hour - 1_000, hour + 1_000].map((after) => isTryOver(name, now + after)),
    [false, false, true],
  );
  assert.equal(isTryName("uplift_rehearse_0a1b2c3d4e5f_10"), false);
});
