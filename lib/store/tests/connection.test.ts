import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { db, transaction } from "../client.ts";
import { temporaryStore } from "./fixtures.ts";

let close: () => Promise<void>;
before(async () => {
  close = await temporaryStore();
});
after(() => close());

const set = (key: string) => transaction((tx) => tx.setting.create({ data: { key, value: "" } }));
const pragma = async (name: string) =>
  Object.values((await db().$queryRawUnsafe<object[]>(`PRAGMA ${name}`))[0] ?? {})[0];

test("the connection keeps its settings across transactions", async () => {
  await set("one");
  await assert.rejects(
    transaction(async (tx) => {
      await tx.setting.create({ data: { key: "two", value: "" } });
      throw new Error("no");
    }),
  );
  assert.equal(Number(await pragma("foreign_keys")), 1);
  assert.equal(Number(await pragma("synchronous")), 2);
  assert.equal(await pragma("journal_mode"), "wal");
  assert.equal(await db().setting.count({ where: { key: "two" } }), 0);
});

test("a commit that fails is rolled back, and the next transaction works", async () => {
  await assert.rejects(
    transaction(async (tx) => {
      await tx.$executeRawUnsafe("PRAGMA defer_foreign_keys=ON");
      await tx.setting.create({ data: { key: "three", value: "" } });
      const orphan = { runId: "none", seq: 1, generation: 1, type: "x", body: "{}" };
      await tx.runEvent.create({ data: { ...orphan, at: new Date() } });
    }),
  );
  await set("four");
  const keys = await db().setting.findMany({ where: { key: { in: ["three", "four"] } } });
  assert.deepEqual(
    keys.map(({ key }) => key),
    ["four"],
  );
});

test("the store cannot be used around a transaction from inside it", async () => {
  await assert.rejects(
    transaction(async () => {
      await db().setting.count();
    }),
    /inside a transaction/,
  );
  await assert.rejects(
    transaction(async () => {
      await set("five");
    }),
    /inside a transaction/,
  );
  await set("five");
});
