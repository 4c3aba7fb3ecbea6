import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeForCopy, pauseBeforeCopy, stateAfterFailure } from "./backup-copy.ts";
import type { Inventory } from "./inventory.ts";

const inventory = (...regions: string[][]) =>
  ({
    regions: regions.map((nodes, index) => ({
      id: `reg_${index}`,
      nodes: nodes.map((id) => ({ id })),
    })),
  }) as unknown as Pick<Inventory, "regions">;

test("the second copy goes to another region, else to another node, else to none", () => {
  const cases: [string[][], string, string | null][] = [
    [
      [
        ["a", "b"],
        ["c", "d"],
      ],
      "a",
      "c",
    ],
    [
      [
        ["a", "b"],
        ["c", "d"],
      ],
      "d",
      "a",
    ],
    [[["a", "b"]], "a", "b"],
    [[["a", "b"]], "b", "a"],
    [[["a"]], "a", null],
    [[["a"], []], "a", null],
    // A node that is not registered any more.
    [[["a"], ["b"]], "gone", "a"],
  ];
  for (const [regions, of, to] of cases) {
    assert.equal(nodeForCopy(inventory(...regions), of)?.id ?? null, to, `${regions} ${of}`);
  }
});

test("a copy that fails is tried again, later each time, and is shown as failed in the end", () => {
  assert.deepEqual([1, 2, 3, 9].map(stateAfterFailure), ["waiting", "waiting", "failed", "failed"]);
  assert.deepEqual([1, 2, 3, 20].map(pauseBeforeCopy), [5_000, 10_000, 20_000, 600_000]);
});
