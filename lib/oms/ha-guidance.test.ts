import assert from "node:assert/strict";
import { test } from "node:test";
import { askFor } from "./ha-guidance.ts";

const at = "http://10.0.0.1:8089";
const on = '{"enable":true,"other": 1,"refetchStoreIntervalMin":30}';
const off = on.replace("true", "false");

test("switching off asks for one key, and for nothing once it is off", () => {
  const goal = { enable: false, interval: null };
  assert.deepEqual(askFor(on, goal, at), {
    ...{ console: at, present: on, wanted: off, shortfall: "not-switched" },
    changes: [{ key: "enable", to: false }],
  });
  assert.equal(askFor(off, goal, at), null);
});

test("switching on asks for an interval that covers the outage, and takes any that does", () => {
  const goal = { enable: true, interval: { outage: 40, advised: 70 } };
  const ask = askFor(off, goal, at);
  assert.equal(ask?.shortfall, "not-switched");
  assert.equal(ask.wanted, on.replace(":30}", ":70}"));
  for (const [minutes, shortfall] of [
    [30, "interval-too-short"],
    [40, "interval-too-short"],
    [41, undefined],
    [90, undefined],
  ] as const) {
    assert.equal(askFor(on.replace(":30}", `:${minutes}}`), goal, at)?.shortfall, shortfall);
  }
});

test("the interval does not matter where stores tell their own checkpoint, or nothing was stopped", () => {
  const perceived = on.replace('"other": 1', '"perceiveStoreClientCheckpoint":true');
  assert.equal(
    askFor(perceived, { enable: true, interval: { outage: 40, advised: 70 } }, at),
    null,
  );
  assert.equal(askFor(on, { enable: true, interval: null }, at), null);
});

test("a missing interval counts as none", () => {
  const goal = { enable: true, interval: { outage: 0, advised: 30 } };
  assert.equal(askFor('{"enable":true}', goal, at)?.shortfall, "interval-too-short");
});

test("a half-edited value is said to be unusable", () => {
  for (const raw of ["", '{"enable":tru', "[]", '{"enable":"true"}']) {
    const ask = askFor(raw, { enable: false, interval: null }, at);
    assert.equal(ask?.shortfall, "unusable");
    assert.equal(ask.wanted, null);
  }
});
