import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clockParts,
  formatDistance,
  formatDuration,
  formatMib,
  formatStopwatch,
} from "./format.ts";

test("durations have two units at most", () => {
  const expected: [number, string][] = [
    [-5, "0 ms"],
    [850, "850 ms"],
    [41_000, "41 s"],
    [221_999, "3 min 41 s"],
    [180_000, "3 min"],
    [3_840_000, "1 h 4 min"],
    [3_600_000 + 41_000, "1 h"],
    [183_600_000, "2 d 3 h"],
  ];
  for (const [ms, text] of expected) assert.equal(formatDuration(ms), text);
});

test("a stopwatch keeps its width", () => {
  assert.equal(formatStopwatch(221_000), "03:41");
  assert.equal(formatStopwatch(3_821_000), "1:03:41");
  assert.equal(formatStopwatch(-1), "00:00");
});

test("distances say which way", () => {
  assert.equal(formatDistance(2_000), "now");
  assert.equal(formatDistance(12_000), "12 s ago");
  assert.equal(formatDistance(-130_000), "in 2 min");
  assert.equal(formatDistance(90_000_000), "1 d ago");
});

test("sizes are in MiB", () => {
  assert.equal(formatMib(0), "0 MiB");
  assert.equal(formatMib(500), "< 0.1 MiB");
  assert.equal(formatMib(409_600), "0.4 MiB");
  assert.equal(formatMib(39 * 1024 * 1024), "39 MiB");
  assert.equal(formatMib(1204 * 1024 * 1024), "1,204 MiB");
});

test("clocks name their zone", () => {
  const at = new Date("2025-11-23T18:04:10Z");
  assert.deepEqual(clockParts(at, "Asia/Shanghai"), {
    date: "2025-11-24",
    time: "02:04:10",
    zone: "UTC+8",
  });
  assert.equal(clockParts(at, "UTC").zone, "UTC");
});
