import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { Secret } from "#lib/domain/secret.ts";
import { audit, auditHash } from "../audit.ts";
import { db, transaction } from "../client.ts";
import { verifyAudit } from "../verify-audit.ts";
import { ada, temporaryStore } from "./fixtures.ts";

let close: () => Promise<void>;
before(async () => {
  close = await temporaryStore();
});
after(() => close());
beforeEach(async () => {
  await db().auditEntry.deleteMany();
  await db().counter.deleteMany();
  await Promise.all(
    Array.from({ length: 5 }, (_, index) =>
      transaction((tx) => audit(tx, ada, "test.done", { type: "run", id: `r${index}` }, { index })),
    ),
  );
});

test("entries written at once form one intact chain", async () => {
  const rows = await db().auditEntry.findMany({ orderBy: { seq: "asc" } });
  assert.deepEqual(
    rows.map(({ seq }) => seq),
    [1, 2, 3, 4, 5],
  );
  const verdict = await verifyAudit();
  assert.deepEqual(verdict, { intact: true, entries: 5, lastHash: rows[4]!.hash });
});

test("an entry exists only with the change it tells of", async () => {
  await assert.rejects(
    transaction(async (tx) => {
      await audit(tx, ada, "test.failed", { type: "run", id: "r" });
      throw new Error("the change failed");
    }),
  );
  assert.equal((await verifyAudit()).intact, true);
  assert.equal(await db().auditEntry.count(), 5);
});

test("secrets in the detail are masked", async () => {
  const detail = { password: new Secret("hunter22") };
  await transaction((tx) => audit(tx, ada, "test.done", { type: "run", id: "s" }, detail));
  const row = await db().auditEntry.findFirstOrThrow({ where: { targetId: "s" } });
  assert.equal(row.detail, JSON.stringify({ password: Secret.mask }));
});

const tampering: [name: string, seq: number, tamper: () => Promise<unknown>][] = [
  [
    "a changed detail",
    3,
    () => db().auditEntry.update({ where: { seq: 3 }, data: { detail: '{"index":9}' } }),
  ],
  [
    "a changed time",
    1,
    () => db().auditEntry.update({ where: { seq: 1 }, data: { at: new Date(0) } }),
  ],
  ["a removed entry", 2, () => db().auditEntry.delete({ where: { seq: 2 } })],
  ["a removed last entry", 5, () => db().auditEntry.delete({ where: { seq: 5 } })],
  ["a removed first entry", 1, () => db().auditEntry.delete({ where: { seq: 1 } })],
  [
    "an entry rewritten with a hash that fits it",
    4,
    async () => {
      const { hash: _, ...row } = await db().auditEntry.findUniqueOrThrow({ where: { seq: 3 } });
      const changed = { ...row, actorName: "Mallory" };
      await db().auditEntry.update({
        where: { seq: 3 },
        data: { ...changed, hash: auditHash(changed) },
      });
    },
  ],
];

for (const [name, seq, tamper] of tampering) {
  test(`${name} is found`, async () => {
    await tamper();
    const verdict = await verifyAudit();
    assert.equal(verdict.intact, false);
    assert.equal(!verdict.intact && verdict.seq, seq);
  });
}
