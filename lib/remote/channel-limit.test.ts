import assert from "node:assert/strict";
import { test } from "node:test";
import { createChannelLimit } from "./channel-limit.ts";

test("lets no more in than the capacity, in order", async () => {
  const limit = createChannelLimit(2);
  const entered: number[] = [];
  const enter = async (n: number) => {
    const leave = await limit.acquire();
    entered.push(n);
    return leave;
  };
  const first = await enter(1);
  await enter(2);
  const third = enter(3);
  const fourth = enter(4);
  await Promise.resolve();
  assert.deepEqual(entered, [1, 2]);
  first();
  first();
  (await third)();
  await fourth;
  assert.deepEqual(entered, [1, 2, 3, 4]);
  assert.equal(limit.used, 2);
});

test("forgets a waiter that gives up", async () => {
  const limit = createChannelLimit(1);
  const leave = await limit.acquire();
  const impatient = new AbortController();
  const waiting = limit.acquire(impatient.signal);
  impatient.abort(new Error("enough"));
  await assert.rejects(waiting, /enough/);
  await assert.rejects(limit.acquire(impatient.signal), /enough/);
  leave();
  assert.equal(limit.used, 0);
  await limit.acquire();
});
