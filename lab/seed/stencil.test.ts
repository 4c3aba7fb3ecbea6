import assert from "node:assert/strict";
import { test } from "node:test";
import { Stencil } from "./stencil.ts";

const id = "run_abcdefghijkl";
const text = JSON.stringify({
  id,
  at: "2026-01-01T00:00:10.000+00:00",
  body: JSON.stringify({ runId: id, at: "2026-01-01T00:00:10.000Z", durationMs: 40, on: "hz-1" }),
  hash: "a".repeat(64),
  steps: "stop.hz-1 hz-11",
});
const same = {
  other: (one: string) => one,
  moment: (ms: number) => ms,
  duration: (ms: number) => ms,
};

test("a copy in which nothing differs is the text itself", () => {
  assert.equal(new Stencil(text, ["hz-1"]).copy(same), text);
});

test("ids, words, times and durations differ wherever they are written, and keep their form", () => {
  const copy = new Stencil(text, ["hz-1"]).copy({
    other: (one) => (one === "hz-1" ? "sh-1" : one.toUpperCase()),
    moment: (ms) => ms + 5_000,
    duration: (ms) => ms * 1.5,
  });
  const read = JSON.parse(copy);
  assert.equal(read.id, id.toUpperCase());
  assert.equal(read.at, "2026-01-01T00:00:15.000+00:00");
  assert.deepEqual(JSON.parse(read.body), {
    ...{ runId: id.toUpperCase(), at: "2026-01-01T00:00:15.000Z", durationMs: 60, on: "sh-1" },
  });
  assert.equal(read.hash, "A".repeat(64));
  assert.equal(read.steps, "stop.sh-1 hz-11", "only whole words");
});
