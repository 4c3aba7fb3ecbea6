import assert from "node:assert/strict";
import { test } from "node:test";
import { rowWindow } from "./row-window.ts";

const drawn = (count: number, top: number) => {
  const { first, end } = rowWindow(count, top, 20, 5);
  return [first, end];
};

test("what is in sight is drawn, and a little more", () => {
  assert.deepEqual(drawn(1_000, 0), [0, 25]);
  assert.deepEqual(drawn(1_000, 500), [495, 525]);
  assert.deepEqual(drawn(1_000, 980), [975, 1_000]);
});

test("fewer rows than fit, none, and a place beyond the end", () => {
  assert.deepEqual(drawn(3, 0), [0, 3]);
  assert.deepEqual(drawn(0, 0), [0, 0]);
  // A filter has just left fewer rows than there were above the edge.
  assert.deepEqual(drawn(100, 5_000), [75, 100]);
  assert.deepEqual(drawn(3, 5_000), [0, 3]);
});
