import assert from "node:assert/strict";
import { test } from "node:test";
import { stepOf } from "./wizard-step.ts";

test("an address leads no further than its plan allows", () => {
  assert.equal(stepOf("start", null), "target");
  assert.equal(stepOf("start", { passes: false }), "checks");
  assert.equal(stepOf("target", { passes: false }), "target");
  assert.equal(stepOf("start", { passes: true }), "start");
  assert.equal(stepOf(undefined, { passes: true }), "checks");
  assert.equal(stepOf(["plan"], { passes: true }), "checks");
});
