import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { scratchMark, sql } from "#lib/commands/sql.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { PlanId } from "#lib/domain/ids.ts";
import { isScratchName, scratchNameFor } from "#lib/domain/rehearsal.ts";
import { createScratch, dropScratch } from "./scratch.ts";
import type { SqlRow, SqlSession } from "./types.ts";

const planId = "pln_0a1b2c3d4e5f" as PlanId;
const name = scratchNameFor(planId, 3);
const scratch = { name, madeBy: planId, never: ["oms_rm"] };

/** What stands at the server under the scratch database's name. */
interface Standing {
  tables: string[];
  marks: string[];
  views?: number;
}

/** A server that knows one database, and writes down what is changed. */
function server(found: Standing | null) {
  let standing = found;
  const changes: string[] = [];
  const query = async (text: string): Promise<SqlRow[]> => {
    if (text.includes("information_schema.SCHEMATA")) {
      return standing ? [{ characterSet: "utf8mb4", collation: "utf8mb4_bin" }] : [];
    }
    if (text.includes("SUM(TABLE_TYPE")) {
      return [{ tables: standing?.tables.length ?? 0, views: standing?.views ?? 0, bytes: 0 }];
    }
    if (text.includes("TABLE_NAME = ?")) {
      return standing?.tables.includes(scratchMark) ? [{ name: scratchMark }] : [];
    }
    if (text === sql.readScratchMark(name)) {
      return (standing?.marks ?? []).map((madeBy) => ({ madeBy }));
    }
    return [];
  };
  const execute = async (text: string): Promise<number> => {
    changes.push(text);
    if (text === sql.dropScratch(name)) standing = null;
    if (text.startsWith("CREATE DATABASE")) standing = { tables: [], marks: [] };
    return 0;
  };
  const identity = { family: "mariadb", release: [10, 11, 6], version: "10.11.6-MariaDB" };
  const session = { server: identity, query, execute } as unknown as SqlSession;
  return { session, changes };
}

const refused = (error: unknown) =>
  error instanceof UpliftError && error.code === "rehearsal.refused";

test("a plan's scratch databases have names that no other plan's and no site's database has", () => {
  assert.equal(name, "uplift_rehearse_0a1b2c3d4e5f_3");
  assert.ok(isScratchName(name) && name.length <= 64);
  for (const other of [
    ...["oms_rm", "uplift_rehearse", "uplift_rehearse_", `${name}x`, `x${name}`, `${name}\n`],
    ...[name.toUpperCase(), "uplift_rehearse_0a1b2c3d4e5f_", "uplift_rehearse_0a1b2c3d4e5f_3`x"],
  ]) {
    assert.equal(isScratchName(other), false, other);
  }
});

test("no statement of a scratch database can be made for another one", () => {
  for (const other of ["oms_rm", "mysql", `${name}\`; DROP DATABASE oms_rm`]) {
    for (const make of [
      () => sql.dropScratch(other),
      () => sql.createScratch(other, "utf8mb4", "utf8mb4_bin"),
      () => sql.createScratchMark(other),
      () => sql.markScratch(other),
    ]) {
      assert.throws(make, RangeError, other);
    }
  }
});

describe("a scratch database is dropped", () => {
  const drop = [sql.dropScratch(name)];
  for (const [what, standing] of [
    ["when it is empty: the try died between its first two statements", { tables: [], marks: [] }],
    ["when only its mark's table is there", { tables: [scratchMark], marks: [] }],
    ["when it bears this plan's mark", { tables: ["a", scratchMark, "b"], marks: [planId] }],
  ] as const) {
    test(what, async () => {
      const { session, changes } = server({
        tables: [...standing.tables],
        marks: [...standing.marks],
      });
      assert.equal(await dropScratch(session, scratch), true);
      assert.deepEqual(changes, drop);
    });
  }

  test("not when there is none", async () => {
    const { session, changes } = server(null);
    assert.equal(await dropScratch(session, scratch), false);
    assert.deepEqual(changes, []);
  });

  for (const [what, standing] of [
    ["it has tables and no mark", { tables: ["a"], marks: [] }],
    ["it has a view and no mark", { tables: [], views: 1, marks: [] }],
    ["it has tables, and a mark's table without a mark", { tables: ["a", scratchMark], marks: [] }],
    ["another plan's mark", { tables: [scratchMark], marks: ["pln_ffffffffffff"] }],
    ["two marks", { tables: [scratchMark], marks: [planId, "pln_ffffffffffff"] }],
  ] as [string, Standing][]) {
    test(`never: ${what}`, async () => {
      const { session, changes } = server(standing);
      await assert.rejects(dropScratch(session, scratch), refused);
      assert.deepEqual(changes, []);
    });
  }

  test("never under another name, nor where a deployment's own database has this one", async () => {
    for (const other of [
      { ...scratch, name: "oms_rm" },
      { ...scratch, never: [name] },
      { ...scratch, never: [name.toUpperCase()] },
    ]) {
      const { session, changes } = server({ tables: [], marks: [] });
      await assert.rejects(dropScratch(session, other), refused);
      assert.deepEqual(changes, []);
    }
  });
});

test("it is made anew with its mark, whatever a dead try has left of it", async () => {
  const { session, changes } = server({ tables: ["a", scratchMark], marks: [planId] });
  await createScratch(session, scratch, { characterSet: "utf8mb3", collation: "utf8mb3_bin" });
  assert.deepEqual(changes, [
    sql.dropScratch(name),
    sql.createScratch(name, "utf8mb3", "utf8mb3_bin"),
    sql.createScratchMark(name),
    sql.markScratch(name),
  ]);
});
