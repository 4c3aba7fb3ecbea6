import assert from "node:assert/strict";
import { test } from "node:test";
import { verdictOf, verdictWords } from "./preflight.ts";

for (const [results, state, label] of [
  [["pass", "pass"], "pass", "All 2 checks passed"],
  [["pass", "warning"], "warning", "Nothing stands in the way, 1 warning"],
  [["unknown", "warning"], "unknown", "1 of 2 checks stayed open"],
  [["pass", "fail", "unknown"], "fail", "1 of 3 checks failed"],
] as const) {
  test(`${results.join(", ")}: ${label}`, () => {
    const verdict = verdictOf(results.map((result) => ({ result })));
    assert.deepEqual(verdictWords(verdict), { state, label });
  });
}
