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
  const expected: [number, string, string][] = [
    [-5, "0 ms", "0 毫秒"],
    [850, "850 ms", "850 毫秒"],
    [41_000, "41 s", "41 秒"],
    [221_999, "3 min 41 s", "3 分 41 秒"],
    [180_000, "3 min", "3 分"],
    [3_840_000, "1 h 4 min", "1 小时 4 分"],
    [3_600_000 + 41_000, "1 h", "1 小时"],
    [183_600_000, "2 d 3 h", "2 天 3 小时"],
  ];
  for (const [ms, english, chinese] of expected) {
    assert.equal(formatDuration(ms, "en"), english);
    assert.equal(formatDuration(ms, "zh-CN"), chinese);
  }
});

test("a stopwatch keeps its width", () => {
  assert.equal(formatStopwatch(221_000), "03:41");
  assert.equal(formatStopwatch(3_821_000), "1:03:41");
  assert.equal(formatStopwatch(-1), "00:00");
});

test("distances say which way", () => {
  const expected: [number, string, string][] = [
    [2_000, "now", "刚刚"],
    [12_000, "12 s ago", "12 秒前"],
    [-130_000, "in 2 min", "2 分钟后"],
    [7_200_000, "2 h ago", "2 小时前"],
    [90_000_000, "1 d ago", "1 天前"],
  ];
  for (const [ms, english, chinese] of expected) {
    assert.equal(formatDistance(ms, "en"), english);
    assert.equal(formatDistance(ms, "zh-CN"), chinese);
  }
});

test("sizes are in MiB", () => {
  for (const locale of ["en", "zh-CN"] as const) {
    assert.equal(formatMib(0, locale), "0 MiB");
    assert.equal(formatMib(500, locale), "< 0.1 MiB");
    assert.equal(formatMib(409_600, locale), "0.4 MiB");
    assert.equal(formatMib(39 * 1024 * 1024, locale), "39 MiB");
    assert.equal(formatMib(1204 * 1024 * 1024, locale), "1,204 MiB");
  }
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
