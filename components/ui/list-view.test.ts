import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isUsual,
  type ListChoices,
  orderOf,
  sortedBy,
  toggled,
  viewOf,
  viewParams,
} from "./list-view.ts";
import { addressOf, pageOf, pageParam } from "./search-params.ts";

const choices: ListChoices<"name" | "seen", "size" | "place"> = {
  sorting: { columns: { name: "ascending", seen: "descending" }, usual: "name" },
  columns: ["size", "place"],
};
const { sorting, columns } = choices;

test("what an address says of a list's look is read and written alike", () => {
  for (const params of [
    { sort: "", hide: "" },
    { sort: "-name", hide: "size" },
    { sort: "seen", hide: "size.place" },
    { sort: "-seen", hide: "place" },
  ]) {
    assert.deepEqual(viewParams(choices, viewOf(choices, params)), params);
  }
});

test("what makes no sense is the usual look", () => {
  const usual = { order: { by: "name", descending: false }, hidden: [] };
  for (const search of [
    {},
    { sort: "weight", hide: "name.colour" },
    { sort: "--name", hide: "SIZE" },
    { sort: ["seen", "seen"], hide: ["size", "place"] },
    { sort: "constructor", hide: "" },
  ]) {
    assert.deepEqual(viewOf(choices, search), usual);
  }
  assert.deepEqual(viewParams(choices, viewOf(choices, { sort: "name" })), { sort: "", hide: "" });
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

test("columns left out stand in the order of the table, however they were left out", () => {
  const both = toggled(columns, toggled(columns, [], "place"), "size");
  assert.deepEqual(both, ["size", "place"]);
  assert.deepEqual(toggled(columns, both, "size"), ["place"]);
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
