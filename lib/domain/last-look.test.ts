import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeId } from "./ids.ts";
import { markOf, unwellOf } from "./last-look.ts";

test("what keeps a node from serving is said before how healthy it is", () => {
  const well = { healthy: true, running: true, unreachableSince: null };
  assert.equal(markOf(well), "healthy");
  assert.equal(markOf({ ...well, healthy: false }), "unhealthy");
  assert.equal(markOf({ ...well, healthy: null }), "unknown");
  assert.equal(markOf({ ...well, healthy: null, running: false }), "stopped");
  assert.equal(
    markOf({ healthy: null, running: null, unreachableSince: "2026-01-01T00:00:00.000Z" }),
    "unreachable",
  );
});

test("only healthy nodes are well", () => {
  const [a, b] = ["nod_aaaaaaaaaaaa" as NodeId, "nod_bbbbbbbbbbbb" as NodeId];
  assert.equal(unwellOf({ [a]: "healthy", [b]: "unknown" }), 1);
  assert.equal(unwellOf({}), 0);
});
