import assert from "node:assert/strict";
import { test } from "node:test";
import { type Contents, contentDifferences } from "./contents.ts";

const table = { rows: 2, content: "18446744073709551616", columns: "1 utf8mb4_bin, id int" };
const contents = (change: Partial<Contents> = {}): Contents => ({
  tables: new Map([
    ["a", table],
    ["b", table],
  ]),
  ...{ views: ["v"], triggers: ["t"], routines: ["PROCEDURE p"] },
  ...change,
});
const differences = (restored: Contents, withObjects = true) => {
  const { shape, rows } = contentDifferences(restored, contents(), withObjects);
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
    [tables({ ...table, columns: "1 utf8mb3_bin, id int" }), "table b has other columns"],
    [
      contents({ tables: new Map([...contents().tables, ["c", table]]) }),
      "table c is there and should not be",
    ],
    [contents({ views: [] }), "views: v is missing"],
    [
      contents({ routines: ["PROCEDURE p", "FUNCTION f"] }),
      "routines: FUNCTION f should not be there",
    ],
  ] as const) {
    assert.deepEqual(differences(restored), [told]);
  }
});

test("triggers and routines count only where they were restored", () => {
  const without = contents({ triggers: [], routines: [] });
  assert.equal(differences(without).length, 2);
  assert.deepEqual(differences(without, false), []);
});

test("what a running OMS may have written is told apart from what it does not change", () => {
  const { shape, rows } = contentDifferences(
    contents({
      tables: new Map([
        ["a", { ...table, rows: 3 }],
        ["b", { ...table, rows: 3, columns: "2 utf8mb4_bin, id int, more int" }],
      ]),
      views: [],
    }),
    contents(),
    true,
  );
  assert.deepEqual(rows, ["table a has 3 rows instead of 2"]);
  assert.deepEqual(shape, ["table b has other columns", "views: v is missing"]);
});
