import assert from "node:assert/strict";
import { test } from "node:test";
import { UpliftError } from "#lib/domain/errors.ts";
import type { ServerIdentity } from "#lib/domain/flavour.ts";
import { databaseBytes } from "./sizes.ts";
import type { SqlRow } from "./types.ts";

interface Table {
  /** What the catalogue says. */
  data: number | null;
  /** Rows in the sample and what they come to; null: the server refuses. */
  sample?: { total: number; bytes: number } | null;
  /** What EXPLAIN answers. */
  explain?: string;
}

function server(tables: Record<string, Table>, family: ServerIdentity["family"]) {
  const refused = () => new UpliftError("metadb.query_failed", "no", { remedy: "" });
  return {
    server: { family, release: [4, 3, 5], version: "" } satisfies ServerIdentity,
    async query(sql: string): Promise<SqlRow[]> {
      if (sql.includes("information_schema.TABLES")) {
        return Object.entries(tables).map(([name, { data }]) => ({
          name,
          data: data ?? 0,
          indexes: 0,
        }));
      }
      if (sql.includes("information_schema.COLUMNS")) {
        return Object.keys(tables).map((name) => ({ name, col: "id" }));
      }
      if (sql.startsWith("EXPLAIN")) {
        const name = /`(\w+)`$/.exec(sql)?.[1] ?? "";
        return [{ plan: tables[name]?.explain ?? "{}" }];
      }
      return [...sql.matchAll(/SELECT (\d+) AS nth.*?`\.`(\w+)` LIMIT/g)].map(([, nth, name]) => {
        const sample = tables[name ?? ""]?.sample;
        if (!sample) throw refused();
        return { nth: Number(nth), ...sample };
      });
    },
  };
}

const bytes = (tables: Record<string, Table>, family: ServerIdentity["family"] = "mysql") =>
  databaseBytes(server(tables, family), "oms_rm");

test("what the catalogue knows is taken from it", async () => {
  const told = await bytes({ a: { data: 16_384 }, b: { data: 32_768 } });
  assert.deepEqual(told, { bytes: 49_152, estimated: false });
});

test("a table of which it knows nothing is not one of 0 bytes", async () => {
  const whole = await bytes({
    a: { data: 16_384 },
    b: { data: 0, sample: { total: 3, bytes: 90 } },
  });
  assert.deepEqual(whole, { bytes: 16_384 + 2_048 + 90, estimated: true });
  // OceanBase, MySQL 9 and MariaDB say it each in their own way.
  for (const explain of [
    '{"EST.ROWS": 4000, "x": 1}',
    '{"estimated_rows": 4000.0}',
    '{"rows": 4000}',
  ]) {
    const sampled = await bytes({
      a: { data: null, sample: { total: 200, bytes: 2_000 }, explain },
    });
    assert.deepEqual(sampled, { bytes: 2_048 + 40_000, estimated: true }, explain);
  }
});

test("a catalogue that cannot be relied on is not asked", async () => {
  const told = await bytes(
    { a: { data: 4 * 1024 ** 2, sample: { total: 1, bytes: 10 } } },
    "oceanbase",
  );
  assert.deepEqual(told, { bytes: 2_058, estimated: true });
});

test("what cannot be told is unknown", async () => {
  const unknown = { bytes: null, estimated: false };
  assert.deepEqual(await bytes({ a: { data: 0, sample: null } }), unknown);
  assert.deepEqual(await bytes({ a: { data: 0, sample: { total: 200, bytes: 1 } } }), unknown);
  assert.deepEqual(await bytes({}), { bytes: 0, estimated: false });
});
