import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseTried } from "./choose-tried.ts";

const table = (name: string, features: string[], always = false) => ({ name, features, always });

test("plain tables that are alike are tried once", () => {
  const tables = [table("a", ["int"]), table("b", ["int"]), table("c", ["int", "text"])];
  assert.deepEqual(chooseTried(tables), ["c"]);
});

test("what is special is tried each", () => {
  const tables = [
    table("a", ["int"], true),
    table("b", ["int"], true),
    table("c", ["int"]),
    table("d", ["blob"]),
  ];
  assert.deepEqual(chooseTried(tables), ["a", "b", "d"]);
});
