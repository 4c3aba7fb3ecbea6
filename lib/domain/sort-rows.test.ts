import assert from "node:assert/strict";
import { test } from "node:test";
import { type SortKey, sortRows } from "./sort-rows.ts";

const sorted = (values: readonly SortKey[], descending = false) =>
  sortRows(values, (value) => value, descending);

test("numbers in text count as numbers", () => {
  assert.deepEqual(sorted(["4.2.11", "3.3.0", "4.2.9"]), ["3.3.0", "4.2.9", "4.2.11"]);
  assert.deepEqual(sorted(["hz-10", "hz-2"], true), ["hz-10", "hz-2"]);
});

test("what has no key comes last, either way", () => {
  assert.deepEqual(sorted([null, 2, null, 1]), [1, 2, null, null]);
  assert.deepEqual(sorted([null, 2, null, 1], true), [2, 1, null, null]);
});

test("rows that are alike keep their order, either way", () => {
  const rows = [..."abcd"].map((name, index) => ({ name, half: index % 2 }));
  const names = (descending: boolean) =>
    sortRows(rows, ({ half }) => half, descending)
      .map(({ name }) => name)
      .join("");
  assert.equal(names(false), "acbd");
  assert.equal(names(true), "bdac");
  assert.deepEqual(sorted([Infinity, 1, Infinity]), [1, Infinity, Infinity]);
});

test("what was given stays as it is", () => {
  const given = [3, 1, 2];
  sorted(given);
  assert.deepEqual(given, [3, 1, 2]);
});
