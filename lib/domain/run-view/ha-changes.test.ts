import assert from "node:assert/strict";
import { test } from "node:test";
import type { Plan } from "../plan.ts";
import type { RunState } from "../run.ts";
import { haChangesOf, haDifferences, plannedHa } from "./ha-changes.ts";

const original = '{"enable":true,"enableHost":false,"x":[1, 2],"refetchStoreIntervalMin":30}';

test("only what differs is told, in the order of the value as it was", () => {
  const cases: [string, string, [string, string | null, string | null][]][] = [
    [original, original, []],
    [original, original.replaceAll(" ", ""), []],
    [
      original,
      original.replace("true", "false").replace("30", "95"),
      [
        ["enable", "true", "false"],
        ["refetchStoreIntervalMin", "30", "95"],
      ],
    ],
    [
      '{"a":1}',
      '{"b":1}',
      [
        ["a", "1", null],
        ["b", null, "1"],
      ],
    ],
    ["enable=true", '{"enable":true}', [["ha.config", "enable=true", '{"enable":true}']]],
    ["nonsense", "nonsense", []],
  ];
  for (const [before, after, expected] of cases) {
    assert.deepEqual(
      haDifferences(before, after).map(({ key, from, to }) => [key, from, to]),
      expected,
    );
  }
});

const steps = (enable = true) => [
  { id: "ha-off", kind: "ha.disable", params: {} },
  { id: "ha-on", kind: "ha.enable", params: { enable, since: "T1", marginMin: 30 } },
];
const plan = (haConfig: string | null, leg: "forward" | "rollback" = "forward", enable = true) =>
  ({ leg, haConfig, steps: steps(enable) }) as unknown as Plan;

test("a plan shows both changes and how the interval will come about", () => {
  const [off, on] = plannedHa(plan(original));
  assert.deepEqual(off?.changes, [{ key: "enable", from: "true", to: "false" }]);
  assert.deepEqual(on?.changes, [
    { key: "enable", from: "false", to: "true" },
    { key: "refetchStoreIntervalMin", from: "30", to: "minutes since T1 + 30" },
  ]);
  assert.match(on?.arithmetic ?? "", /from T1 until HA is on again, rounded up, \+ 30 min margin/);
  assert.match(plannedHa(plan(original, "rollback"))[1]?.arithmetic ?? "", /as old as T1/);
});

test("with perceiveStoreClientCheckpoint the interval stays; HA that is off is not touched", () => {
  const perceiving = original.replace('"x"', '"perceiveStoreClientCheckpoint":true,"x"');
  const [, on] = plannedHa(plan(perceiving));
  assert.deepEqual(on?.changes, [{ key: "enable", from: "false", to: "true" }]);
  assert.match(on?.arithmetic ?? "", /stays 30/);
  const off = plannedHa(plan(original.replace("true", "false"), "forward", false));
  assert.deepEqual(
    off.map(({ title, changes }) => [title, changes]),
    [["HA off", []]],
  );
  // Plans of earlier releases do not say what they saw.
  assert.deepEqual(plannedHa(plan(null))[0]?.changes, [{ key: "enable", from: null, to: "false" }]);
});

test("a run shows what its steps read and wrote, and nothing of those that have not run", () => {
  const after = original.replace("true", "false");
  const state = { steps: { "ha-off": { output: { before: original, after } }, "ha-on": {} } };
  assert.deepEqual(haChangesOf([plan(original)], state as unknown as RunState), [
    {
      ...{ stepId: "ha-off", leg: "forward", title: "HA off", arithmetic: null },
      changes: [{ key: "enable", from: "true", to: "false" }],
      whole: { before: original, after },
    },
  ]);
});
