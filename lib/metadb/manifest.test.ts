import assert from "node:assert/strict";
import { test } from "node:test";
import { databaseManifest } from "./manifest.ts";
import type { SqlSession } from "./types.ts";

/** A server with these tables (name, rows); what it estimates is right. Its unions come back in no order. */
function server(tables: readonly [string, number][], { forgets = "" } = {}) {
  const unions: string[] = [];
  const session = {
    server: { family: "mariadb", release: [10, 11, 6], version: "10.11.6-MariaDB" },
    query: async (sql: string) => {
      if (sql.includes("SCHEMATA")) return [{ characterSet: "utf8mb4", collation: "utf8mb4_bin" }];
      if (sql.includes("TABLE_ROWS")) return tables.map(([name, estimate]) => ({ name, estimate }));
      if (!sql.startsWith("SELECT COUNT(*) AS total, 0 AS nth FROM `")) return [];
      unions.push(sql);
      return [...sql.matchAll(/(\d+) AS nth FROM `oms_rm`\.`((?:``|[^`])+)`/g)]
        .map(([, nth, name]) => ({ nth: Number(nth), name: name?.replaceAll("``", "`") }))
        .filter(({ name }) => name !== forgets)
        .map(({ nth, name }) => ({ nth, total: new Map(tables).get(name ?? "") ?? -1 }))
        .reverse();
    },
  } as unknown as SqlSession;
  return { session, unions };
}

const small = (count: number): [string, number][] =>
  Array.from({ length: count }, (_, index) => [`t\`${index}`, index]);

test("small tables are counted fifty at a time, and each gets its own number", async () => {
  const tables = small(120);
  const { session, unions } = server(tables);
  const told: string[] = [];
  const manifest = await databaseManifest(session, "oms_rm", async (done, all) => {
    told.push(`${done} of ${all}`);
  });
  assert.deepEqual(
    manifest.tables,
    tables.map(([name, rows]) => ({ name, rows })),
  );
  assert.equal(unions.length, 3);
  assert.deepEqual(told, ["50 of 120", "100 of 120", "120 of 120"]);
});

test("large tables are counted apart, so that progress is seen among them", async () => {
  const { session, unions } = server([
    ["small", 5],
    ["large", 2_000_000],
    ["empty", 0],
    ["also", 7],
  ]);
  const { tables } = await databaseManifest(session, "oms_rm");
  assert.deepEqual(
    tables.map(({ rows }) => rows),
    [5, 2_000_000, 0, 7],
  );
  assert.equal(unions.length, 3);
});

test("a table whose number is not told ends it with words", async () => {
  const { session } = server(small(3), { forgets: "t`1" });
  await assert.rejects(databaseManifest(session, "oms_rm"), {
    code: "metadb.query_failed",
    message: /oms_rm\.t`1/,
  });
});
