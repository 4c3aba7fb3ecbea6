import assert from "node:assert/strict";
import { test } from "node:test";
import pLimit from "p-limit";
import { takeSlot } from "./slots.ts";

test("lets no more in than there are slots, in order", async () => {
  const limit = pLimit(2);
  const entered: number[] = [];
  const enter = async (n: number) => {
    const leave = await takeSlot(limit);
    entered.push(n);
    return leave;
  };
  const first = await enter(1);
  await enter(2);
  const third = enter(3);
  const fourth = enter(4);
  await new Promise(setImmediate);
  assert.deepEqual(entered, [1, 2]);
  first();
  first();
  (await third)();
  await fourth;
  assert.deepEqual(entered, [1, 2, 3, 4]);
  assert.equal(limit.activeCount, 2);
});

test("forgets a waiter that gives up", async () => {
  const limit = pLimit(1);
  const leave = await takeSlot(limit);
  const impatient = new AbortController();
  const waiting = takeSlot(limit, impatient.signal);
  impatient.abort(new Error("enough"));
  await assert.rejects(waiting, /enough/);
  await assert.rejects(takeSlot(limit, impatient.signal), /enough/);
  leave();
  const last = await takeSlot(limit);
  assert.equal(limit.activeCount, 1);
  last();
});
