import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { replay } from "#lib/domain/apply-event.ts";
import { RunId } from "#lib/domain/ids.ts";
import { planHash } from "#lib/domain/plan.ts";
import { db } from "#lib/store/client.ts";
import { closeStore, openStore } from "#lib/store/open.ts";
import { planById } from "#lib/store/plans.ts";
import { cachesOf } from "#lib/store/run-caches.ts";
import { prismaStore } from "#lib/store/store.ts";
import { verifyAudit } from "#lib/store/verify-audit.ts";
import { seed } from "./seed.ts";

const directory = mkdtempSync(join(tmpdir(), "uplift-seed-"));
const now = Date.now();

before(async () => {
  await seed({ directory, deployments: 4, runs: 24, seed: 3, now });
  await openStore(directory);
});

after(async () => {
  await closeStore();
  rmSync(directory, { recursive: true });
});

test("every journal folds to what its run's row says, and its plans have their hashes", async () => {
  const runs = await db().run.findMany();
  assert.ok(runs.length >= 15, `${runs.length} runs`);
  for (const run of runs) {
    const state = replay(await prismaStore().journal.read(RunId.parse(run.id)));
    assert.ok(state);
    const { status, leg, lastSeq, pausedFor, t1, t2, t3, endedAt } = run;
    assert.deepEqual({ status, leg, lastSeq, pausedFor, t1, t2, t3, endedAt }, cachesOf(state));
    assert.equal(state.deploymentId, run.deploymentId);
    for (const { planId, planHash: hash } of state.plans) {
      const plan = await planById(planId);
      assert.equal(await planHash(plan), hash);
      assert.equal(plan.deploymentId, run.deploymentId);
    }
  }
});

test("a deployment's runs lead from one version to the next, up to the one it has", async () => {
  for (const { id, version, runs } of await db().deployment.findMany({
    include: { runs: { orderBy: { createdAt: "asc" }, where: { endedAt: { not: null } } } },
  })) {
    let at = runs[0]?.fromVersion ?? version;
    for (const run of runs) {
      assert.equal(run.fromVersion, at, `${id} ${run.id}`);
      if (run.status === "succeeded") at = run.toVersion;
    }
    assert.equal(version, at);
  }
});

test("nothing has happened after now, and the audit is one chain in the order of time", async () => {
  const verdict = await verifyAudit();
  assert.ok(verdict.intact);
  const entries = await db().auditEntry.findMany({ orderBy: { seq: "asc" } });
  const times = entries.map(({ at }) => at.getTime());
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
  assert.ok(Math.max(...times) <= now);
  assert.ok((await db().runEvent.findFirst({ where: { at: { gt: new Date(now) } } })) === null);
});
