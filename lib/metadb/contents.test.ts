import assert from "node:assert/strict";
import { test } from "node:test";
import { type Contents, contentDifferences } from "./contents.ts";

const table = { rows: 2, content: "18446744073709551616", shape: "1 utf8mb4_bin, id int" };
const contents = (change: Partial<Contents> = {}): Contents => ({
  tables: new Map([
    ["a", table],
    ["b", table],
  ]),
  views: new Map([["v", "select 1"]]),
  objects: new Map([
    ["trigger t", "body"],
    ["procedure p", "body"],
  ]),
  ...change,
});
const differences = (restored: Contents) => {
  const { shape, rows } = contentDifferences(restored, contents());
  return [...shape, ...rows];
};

test("equal contents differ in nothing, whatever the order", () => {
  const reversed = new Map([...contents().tables].reverse());
  assert.deepEqual(differences(contents({ tables: reversed })), []);
});

test("each way of differing is told by name, once", () => {
  const tables = (b: typeof table) =>
    contents({
      tables: new Map([
        ["a", table],
        ["b", b],
      ]),
    });
  for (const [restored, told] of [
    [contents({ tables: new Map([["a", table]]) }), "table b is missing"],
    [tables({ ...table, rows: 3, content: "1" }), "table b has 3 rows instead of 2"],
    [tables({ ...table, content: "18446744073709551617" }), "table b has another content"],
    [tables({ ...table, shape: "1 utf8mb3_bin, id int" }), "table b has other columns or keys"],
    [
      contents({ tables: new Map([...contents().tables, ["c", table]]) }),
      "table c is there and should not be",
    ],
    [contents({ views: new Map() }), "view v is missing"],
    [contents({ views: new Map([["v", "select 2"]]) }), "view v is another one"],
    [
      contents({ objects: new Map([...contents().objects, ["function f", "body"]]) }),
      "function f is there and should not be",
    ],
    [
      contents({ objects: new Map([...contents().objects, ["trigger t", "other"]]) }),
      "trigger t is another one",
    ],
  ] as const) {
    assert.deepEqual(differences(restored), [told]);
  }
});

test("a view that still names its source is the same view", () => {
  const views = (definition: string) => new Map([["v", definition]]);
  const { shape } = contentDifferences(
    contents({ views: views("select `oms_rm`.`t`.`id` from `oms_rm`.`t`") }),
    contents({ views: views("select `t`.`id` from `t`") }),
    { database: "oms_rm" },
  );
  assert.deepEqual(shape, []);
});

test("what a running OMS may have written is told apart from what it does not change", () => {
  const { shape, rows } = contentDifferences(
    contents({
      tables: new Map([
        ["a", { ...table, rows: 3 }],
        ["b", { ...table, rows: 3, shape: "2 utf8mb4_bin, id int, more int" }],
      ]),
      views: new Map(),
    }),
    contents(),
  );
  assert.deepEqual(rows, ["table a has 3 rows instead of 2"]);
  assert.deepEqual(shape, ["table b has other columns or keys", "view v is missing"]);
});
