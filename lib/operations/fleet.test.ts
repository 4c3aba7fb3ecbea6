import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { FleetOrder } from "#lib/services/fleet-order.ts";
import { db } from "#lib/store/client.ts";
import { createRun } from "#lib/store/create-run.ts";
import { keepLook } from "#lib/store/last-look.ts";
import { ada, seedDeployment, seedPlan, temporaryStore } from "#lib/store/tests/fixtures.ts";
import { fleetPage, listFleet } from "./fleet.ts";

let close: () => Promise<void>;
before(async () => {
  close = await temporaryStore();
  const versions = { a: "4.2.11", b: "4.2.9", c: "3.3.0", d: "4.2.9" };
  for (const [name, version] of Object.entries(versions)) {
    const seed = await seedDeployment();
    const { deploymentId } = seed;
    await db().deployment.update({ where: { id: deploymentId }, data: { name, version } });
    const look = { ha: null, nodes: {} };
    if (name === "b") await keepLook(deploymentId, { seenAt: "2026-01-02T00:00:00.000Z", ...look });
    if (name === "d") await keepLook(deploymentId, { seenAt: "2026-01-01T00:00:00.000Z", ...look });
    if (name === "b" || name === "c") {
      const { plan, hash } = await seedPlan(seed);
      const id = await createRun({ planId: plan.id, planHash: hash, actor: ada });
      const createdAt = new Date(name === "b" ? "2026-02-01" : "2026-02-02");
      await db().run.update({ where: { id }, data: { createdAt } });
    }
  }
});
after(() => close());

async function sorted(by: FleetOrder["by"], descending = false, more = {}): Promise<string> {
  const { rows } = await listFleet(ada, { order: { by, descending }, ...more });
  return rows.map(({ name }) => name).join("");
}

test("deployments stand by name unless they are sorted", async () => {
  const { rows, found } = await listFleet(ada);
  assert.equal(rows.map(({ name }) => name).join(""), "abcd");
  assert.equal(found, 4);
  assert.equal(await sorted("name", true), "dcba");
});

test("versions are sorted as releases, those alike by name, either way", async () => {
  assert.equal(await sorted("version"), "cbda");
  assert.equal(await sorted("version", true), "abdc");
});

test("what was never seen or never run comes last, either way", async () => {
  assert.equal(await sorted("seen"), "dbac");
  assert.equal(await sorted("seen", true), "bdac");
  assert.equal(await sorted("run"), "bcad");
  assert.equal(await sorted("run", true), "cbad");
});

test("a filter narrows a sorted list and changes nothing of its order", async () => {
  assert.equal(await sorted("run", true, { version: "4.2.9" }), "bd");
  assert.equal(await sorted("seen", false, { show: "unseen" }), "ac");
  assert.equal(await sorted("version", false, { show: "running" }), "cb");
});

test("each deployment stands on one page of a sorted list", async () => {
  const first = await db().deployment.findFirstOrThrow();
  const others = Array.from({ length: fleetPage }, (_, index) => ({
    ...{ ...first, id: `dep_${String(index).padStart(12, "0")}`, version: "4.2.9" },
    name: `n${String(index).padStart(2, "0")}`,
  }));
  await db().deployment.createMany({ data: others });
  for (const by of ["name", "version", "seen", "run"] as const) {
    const order = { by, descending: true };
    const pages = [await listFleet(ada, { order }), await listFleet(ada, { order, page: 2 })];
    assert.deepEqual(
      pages.map(({ rows }) => rows.length),
      [fleetPage, 4],
      by,
    );
    const names = new Set(pages.flatMap(({ rows }) => rows.map(({ name }) => name)));
    assert.equal(names.size, fleetPage + 4, by);
  }
});
