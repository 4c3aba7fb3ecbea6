import assert from "node:assert/strict";
import { test } from "node:test";
import { isUsual, orderOf, orderParam, type Sorting, sortedBy } from "./list-view.ts";
import { addressOf, pageOf, pageParam } from "./search-params.ts";

const sorting: Sorting<"name" | "seen"> = {
  columns: { name: "ascending", seen: "descending" },
  usual: "name",
};

test("what an address says of a list's order is read and written alike", () => {
  for (const text of ["", "-name", "seen", "-seen"]) {
    assert.equal(orderParam(sorting, orderOf(sorting, text)), text);
  }
});

test("what makes no sense is the usual order", () => {
  for (const text of ["", "weight", "--name", "constructor", "name"]) {
    assert.equal(orderParam(sorting, orderOf(sorting, text)), "", text);
  }
});

test("a column sorts its own way first, then the other", () => {
  const usual = orderOf(sorting, "");
  assert.ok(isUsual(sorting, usual));
  const bySeen = sortedBy(sorting, usual, "seen");
  assert.deepEqual(bySeen, { by: "seen", descending: true });
  assert.deepEqual(sortedBy(sorting, bySeen, "seen"), { by: "seen", descending: false });
  assert.deepEqual(sortedBy(sorting, bySeen, "name"), usual);
  assert.equal(isUsual(sorting, sortedBy(sorting, usual, "name")), false);
});

test("an address has no empty parameters", () => {
  assert.equal(addressOf("/runs", { text: "", page: pageParam(1) }), "/runs");
  assert.equal(
    addressOf("/runs", { text: "a b&c", page: pageParam(2) }),
    "/runs?text=a+b%26c&page=2",
  );
  assert.equal(pageOf({ page: "2" }), 2);
  assert.equal(pageOf({ page: "-1" }), 1);
});
