import assert from "node:assert/strict";
import { test } from "node:test";
import { backoffDelay } from "./backoff.ts";

test("does not wait before the first attempt, then doubles up to five seconds", () => {
  const delays = [0, 1, 2, 3, 4, 5, 6, 7, 1_000].map((failures) => backoffDelay(failures, 0.5));
  assert.deepEqual(delays, [0, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
});

test("spreads by a quarter", () => {
  assert.equal(backoffDelay(1, 0), 150);
  assert.equal(backoffDelay(1, 1), 250);
});
