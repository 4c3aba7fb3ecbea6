import assert from "node:assert/strict";
import { test } from "node:test";
import { type Liveness, livenessOf, type Signs } from "./liveness.ts";

const minute = 60_000;
const epoch = Date.UTC(2026, 0, 1, 2);
const at = (ms: number) => new Date(epoch + ms).toISOString();
const step = { timeoutMs: 120 * minute, quietMs: 10 * minute };

interface Case {
  name: string;
  signs: Signs;
  /** Milliseconds after the start of the attempt. */
  now: number;
  expected: Omit<Liveness, "deadlineMs">;
}

const began = { startedAt: at(0), progress: null, outputAt: undefined };

const cases: Case[] = [
  {
    name: "just begun, nothing said",
    signs: began,
    now: 800,
    expected: { elapsedMs: 800, late: false, silent: false, silentMs: 800 },
  },
  {
    name: "nothing said for five seconds",
    signs: began,
    now: 5_000,
    expected: { elapsedMs: 5_000, late: false, silent: false, silentMs: 5_000 },
  },
  {
    name: "output resets the silence",
    signs: { ...began, outputAt: at(70_000) },
    now: 72_000,
    expected: { elapsedMs: 72_000, late: false, silent: false, silentMs: 2_000 },
  },
  {
    name: "progress does, too",
    signs: { ...began, outputAt: at(10_000), progress: { at: at(60_000) } },
    now: 69_000,
    expected: { elapsedMs: 69_000, late: false, silent: false, silentMs: 9_000 },
  },
  {
    name: "the output of an earlier attempt does not count",
    signs: { ...began, outputAt: at(-30 * minute) },
    now: 6_000,
    expected: { elapsedMs: 6_000, late: false, silent: false, silentMs: 6_000 },
  },
  {
    name: "exactly the quiet time is still normal",
    signs: began,
    now: 10 * minute,
    expected: { elapsedMs: 10 * minute, late: false, silent: false, silentMs: 10 * minute },
  },
  {
    name: "longer than the quiet time is silent",
    signs: began,
    now: 10 * minute + 1,
    expected: {
      elapsedMs: 10 * minute + 1,
      late: false,
      silent: true,
      silentMs: 10 * minute + 1,
    },
  },
  {
    name: "past its deadline, and talking",
    signs: { ...began, outputAt: at(121 * minute) },
    now: 121 * minute,
    expected: { elapsedMs: 121 * minute, late: true, silent: false, silentMs: 0 },
  },
  {
    name: "a clock that is behind gives no negative spans",
    signs: { ...began, outputAt: at(9_000) },
    now: -3_000,
    expected: { elapsedMs: 0, late: false, silent: false, silentMs: 0 },
  },
  {
    name: "a start that is not known counts from now",
    signs: { startedAt: null, progress: null, outputAt: undefined },
    now: 5 * minute,
    expected: { elapsedMs: 0, late: false, silent: false, silentMs: 0 },
  },
];

for (const { name, signs, now, expected } of cases) {
  test(name, () => {
    assert.deepEqual(livenessOf(step, signs, epoch + now), {
      deadlineMs: step.timeoutMs,
      ...expected,
    });
  });
}
