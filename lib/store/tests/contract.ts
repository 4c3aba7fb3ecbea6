import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { RunEventBody } from "#lib/domain/events.ts";
import { type RunId, StepId } from "#lib/domain/ids.ts";
import { db } from "../client.ts";
import { enqueueCommand } from "../commands.ts";
import { createRun } from "../create-run.ts";
import { prismaStore } from "../store.ts";
import type { Claim, Leftover, LeftoverQuery, NewLogChunk } from "../types.ts";
import { ada, byAda, type Seed, seedDeployment, seedPlan } from "./fixtures.ts";

const code = (expected: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, expected, String(error));
  return true;
};

/** What every database must do; `open` gives an empty store and what closes it. */
export function storeContract(database: string, open: () => Promise<() => Promise<void>>): void {
  describe(`store on ${database}`, () => {
    let close: () => Promise<void>;
    before(async () => {
      close = await open();
    });
    after(() => close());

    /** A run that an engine has taken up; its journal is at 3. */
    async function runningRun() {
      const seed = await seedDeployment();
      const { plan, hash, stepId } = await seedPlan(seed);
      const runId = await createRun({ planId: plan.id, planHash: hash, actor: ada });
      const store = prismaStore();
      const claim = await store.queue.claim(runId, "one");
      await store.journal.append(claim, 2, [
        { type: "run.taken-up", worker: "one", generation: claim.generation },
      ]);
      return { seed, plan, hash, stepId, runId, store, claim };
    }

    /** Runs the only step and ends the leg. */
    const finish = (stepId: StepId, last: "run.succeeded" | "run.rolled-back"): RunEventBody[] => [
      { type: "step.started", stepId, attempt: 1 },
      { type: "step.finished", stepId, attempt: 1, output: { stopped: true }, from: "run" },
      { type: last },
    ];

    const deployed = async ({ deploymentId, nodeId }: Seed) => ({
      version: (await db().deployment.findUniqueOrThrow({ where: { id: deploymentId } })).version,
      revision: (await db().deployment.findUniqueOrThrow({ where: { id: deploymentId } })).revision,
      container: (await db().node.findUniqueOrThrow({ where: { id: nodeId } })).containerName,
    });

    const none = { lock: false, jobs: false, scratch: false };
    const row = (id: RunId) => db().run.findUniqueOrThrow({ where: { id } });

    test("a new run has its first events, its hold, its plan and an audit row", async () => {
      const seed = await seedDeployment();
      const { plan, hash, stepId } = await seedPlan(seed);
      const runId = await createRun({ planId: plan.id, planHash: hash, actor: ada });
      const events = await prismaStore().journal.read(runId);
      assert.deepEqual(
        events.map(({ seq, body }) => [seq, body.type]),
        [
          [1, "run.created"],
          [2, "leg.started"],
        ],
      );
      assert.deepEqual(events[1]?.body, {
        ...{ type: "leg.started", leg: "forward", planId: plan.id, planHash: hash },
        ...{ stepIds: [stepId], by: byAda },
      });
      const run = await row(runId);
      assert.equal(run.activeDeploymentId, seed.deploymentId);
      assert.equal(run.status, "queued");
      assert.equal(run.lastSeq, 2);
      const used = await db().plan.findUniqueOrThrow({ where: { id: plan.id } });
      assert.equal(used.runId, runId);
      const audited = await db().auditEntry.findMany({ where: { targetId: runId } });
      assert.deepEqual(
        audited.map(({ action, actorName }) => [action, actorName]),
        [["run.start", "Ada"]],
      );
      assert.ok((await prismaStore().queue.runnable()).includes(runId));
    });

    test("a deployment has one active run, and a plan is used once", async () => {
      const seed = await seedDeployment();
      const [first, second] = [await seedPlan(seed), await seedPlan(seed)];
      const start = ({ plan, hash }: typeof first) =>
        createRun({ planId: plan.id, planHash: hash, actor: ada });
      const results = await Promise.allSettled([start(first), start(second)]);
      assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
      const refused = results.find((result) => result.status === "rejected");
      assert.ok(code("run.active_exists")(refused?.reason));
      assert.equal(await db().run.count({ where: { deploymentId: seed.deploymentId } }), 1);
      const unused = await db().plan.count({
        where: { deploymentId: seed.deploymentId, runId: null },
      });
      assert.equal(unused, 1, "the refused plan can still be used");
      await assert.rejects(start(first), code("plan.used"));
    });

    test("a run starts only for the plan that was reviewed, made of today's inventory", async () => {
      const seed = await seedDeployment();
      const { plan, hash } = await seedPlan(seed);
      const start = (planHash: string) => createRun({ planId: plan.id, planHash, actor: ada });
      await assert.rejects(start("0".repeat(64)), code("plan.hash_differs"));
      await db().deployment.update({
        where: { id: seed.deploymentId },
        data: { revision: { increment: 1 } },
      });
      await assert.rejects(start(hash), code("plan.outdated"));
      assert.equal(await db().run.count({ where: { deploymentId: seed.deploymentId } }), 0);
    });

    test("an append at the wrong number or with an illegal event writes nothing", async () => {
      const { store, claim, runId, stepId } = await runningRun();
      const started: RunEventBody = { type: "step.started", stepId, attempt: 1 };
      await store.journal.append(claim, 3, [started]);
      await assert.rejects(
        store.journal.append(claim, 3, [{ type: "run.pause-requested", by: byAda }]),
        code("conflict"),
      );
      await assert.rejects(store.journal.append(claim, 4, [started]), /step .* is running/);
      await assert.rejects(
        store.journal.append(claim, 4, [
          { type: "run.pause-requested", by: byAda },
          { type: "run.succeeded" },
        ]),
        /is running/,
      );
      assert.deepEqual(
        (await store.journal.read(runId, 2)).map(({ body }) => body.type),
        ["run.taken-up", "step.started"],
      );
      assert.equal((await row(runId)).lastSeq, 4);
    });

    test("of two that append at the same number one is refused", async () => {
      const { store, claim, runId } = await runningRun();
      const pause: RunEventBody = { type: "run.pause-requested", by: byAda };
      const results = await Promise.allSettled([
        store.journal.append(claim, 3, [pause]),
        prismaStore().journal.append(claim, 3, [pause]),
      ]);
      assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
      assert.equal((await store.journal.read(runId)).length, 4);
    });

    test("an engine whose run was taken over can write nothing more", async () => {
      const { store, claim, runId, stepId } = await runningRun();
      const [a, b] = await Promise.all([
        store.queue.claim(runId, "two"),
        store.queue.claim(runId, "three"),
      ]);
      assert.deepEqual([a.generation, b.generation].sort(), [2, 3]);
      const stale = a.generation < b.generation ? a : b;
      const note: NewLogChunk = {
        ...{ stepId, attempt: 1, nodeId: null, stream: "note", text: "x", sourceEnd: null },
        at: new Date().toISOString(),
      };
      for (const old of [claim, stale]) {
        const body: RunEventBody = { type: "step.started", stepId, attempt: 1 };
        await assert.rejects(store.journal.append(old, 3, [body]), code("run.generation_lost"));
        await assert.rejects(store.log.append(old, [note]), code("run.generation_lost"));
      }
      assert.equal((await store.log.read(runId, 0, 10)).length, 0);
      const fresh = stale === a ? b : a;
      await store.journal.append(fresh, 3, [{ type: "step.started", stepId, attempt: 1 }]);
    });

    test("success makes the new version the deployed one; a rollback brings the old one back", async () => {
      const { seed, store, claim, runId, stepId } = await runningRun();
      assert.deepEqual(await deployed(seed), {
        ...{ version: "3.3.0", revision: 7, container: "oms_330" },
      });
      await store.journal.append(claim, 3, finish(stepId, "run.succeeded"));
      assert.deepEqual(await deployed(seed), {
        ...{ version: "3.3.1", revision: 8, container: "oms_331" },
      });
      const ended = await row(runId);
      assert.equal(ended.activeDeploymentId, null);
      assert.ok(ended.endedAt);

      const back = await seedPlan(seed, runId);
      const leg: RunEventBody = {
        ...{ type: "leg.started", leg: "rollback", planId: back.plan.id, planHash: back.hash },
        ...{ stepIds: [back.stepId], by: byAda },
      };
      await store.journal.append(claim, 6, [leg]);
      const rolling = await row(runId);
      assert.equal(rolling.activeDeploymentId, seed.deploymentId);
      assert.equal(rolling.endedAt, null);
      assert.equal(rolling.status, "rolling-back");
      await store.journal.append(claim, 7, finish(back.stepId, "run.rolled-back"));
      assert.deepEqual(await deployed(seed), {
        ...{ version: "3.3.0", revision: 9, container: "oms_330" },
      });
      assert.equal((await row(runId)).activeDeploymentId, null);
    });

    test("a rollback does not start while another run holds the deployment", async () => {
      const { seed, store, claim, stepId, runId } = await runningRun();
      await store.journal.append(claim, 3, finish(stepId, "run.succeeded"));
      await db().deployment.update({ where: { id: seed.deploymentId }, data: { revision: 7 } });
      const next = await seedPlan(seed);
      await createRun({ planId: next.plan.id, planHash: next.hash, actor: ada });
      const back = await seedPlan(seed, runId);
      const leg: RunEventBody = {
        ...{ type: "leg.started", leg: "rollback", planId: back.plan.id, planHash: back.hash },
        ...{ stepIds: [back.stepId], by: byAda },
      };
      await assert.rejects(store.journal.append(claim, 6, [leg]), code("run.active_exists"));
      assert.equal((await row(runId)).lastSeq, 6);
    });

    test("the caches on the run's row follow the journal", async () => {
      const { seed, store, claim, stepId, runId } = await runningRun();
      const stored = { compression: "none", textBytes: null } as const;
      const file = { path: "/b/rm.sql", bytes: 3_000_000_000, sha256: "a".repeat(64), ...stored };
      const time = "2026-01-01T10:00:00.123Z";
      const { nodeId } = seed;
      const backup = {
        ...{ key: "rm", database: "rm", role: "rm" as const, nodeId, data: file },
        ...{
          objects: null,
          proven: false,
          manifest: null,
          tool: null,
          rehearsed: false,
          live: false,
          version: null,
        },
      };
      await store.journal.append(claim, 3, [
        { type: "step.started", stepId, attempt: 1 },
        { type: "time.recorded", mark: "T1", stepId, nodeId, hostTime: time, time, skewMs: 0 },
        { type: "backup.recorded", stepId, backup },
      ]);
      assert.equal((await row(runId)).t1?.toISOString(), time);
      const manifest = {
        ...{ characterSet: "utf8mb4", collation: "utf8mb4_bin", serverVersion: "8" },
        ...{ tables: [], views: [], triggers: [], routines: [], events: [] },
      };
      const before = await db().backup.findMany({ where: { runId } });
      assert.deepEqual(
        before.map(({ path, bytes, proven }) => [path, bytes, proven]),
        [["/b/rm.sql", 3_000_000_000n, false]],
      );
      await store.journal.append(claim, 6, [
        { type: "backup.proven", stepId, key: "rm", manifest },
        {
          ...{ type: "step.failed", stepId, attempt: 1 },
          error: { code: "dump.failed", message: "m", remedy: "r", retryable: false },
        },
        { type: "run.paused", reason: "failed", stepIds: [stepId] },
      ]);
      assert.equal((await row(runId)).pausedFor, "failed");
      assert.equal((await db().backup.findFirstOrThrow({ where: { runId } })).proven, true);
      assert.equal((await store.queue.runnable()).includes(runId), false);
      await store.journal.append(claim, 9, [{ type: "run.abandoned", reason: "r", by: byAda }]);
      assert.equal((await row(runId)).activeDeploymentId, null);
    });

    test("a command waits, wakes the run, and takes effect once", async () => {
      const { store, claim, runId } = await runningRun();
      const none = { stepId: null, reason: null, planId: null, planHash: null };
      await enqueueCommand({ runId, kind: "pause", ...none, actor: ada });
      const id = await enqueueCommand({ runId, kind: "pause", ...none, actor: ada });
      const [first, second] = await store.commands.waiting(runId);
      assert.ok(first && second);
      assert.equal(second.id, id);
      assert.deepEqual(first.by, byAda);
      const accept = (seqOf: number, command: typeof first) =>
        store.commands.consume(claim, command, seqOf, [
          {
            ...{ type: "command.accepted", commandId: command.id, kind: "pause" },
            ...{ stepId: null, reason: null, by: byAda },
          },
        ]);
      await accept(3, first);
      await assert.rejects(accept(4, first), code("conflict"));
      assert.equal((await row(runId)).lastSeq, 4);
      assert.deepEqual(
        (await store.commands.waiting(runId)).map((command) => command.id),
        [id],
      );
      // Refusing without an event is possible too.
      await store.commands.consume(claim, second, 4, []);
      assert.deepEqual(await store.commands.waiting(runId), []);
    });

    test("a run of a deleted deployment cannot be rolled back", async () => {
      const { seed, runId } = await runningRun();
      const where = { id: seed.deploymentId };
      await db().deployment.update({ where, data: { deletedAt: new Date() } });
      const none = { stepId: null, reason: null, planId: null, planHash: null };
      const rollback = enqueueCommand({ runId, kind: "rollback", ...none, actor: ada });
      await assert.rejects(rollback, code("conflict"));
    });

    test("log chunks have numbers per run and offsets per step, across claims", async () => {
      const { store, claim, runId, seed } = await runningRun();
      const [a, b] = [StepId.parse("a"), StepId.parse("b")];
      const chunk = (stepId: StepId, text: string, sourceEnd: number): NewLogChunk => ({
        ...{ stepId, attempt: 1, nodeId: seed.nodeId, stream: "stdout", text, sourceEnd },
        at: "2026-01-01T10:00:00.000Z",
      });
      await Promise.all([
        store.log.append(claim, [chunk(a, "hello ", 6), chunk(b, "x", 1)]),
        store.log.append(claim, [chunk(a, "wörld", 12)]),
      ]);
      const next: Claim = await store.queue.claim(runId, "two");
      await prismaStore().log.append(next, [chunk(a, "!", 13)]);
      assert.deepEqual(
        (await store.log.read(runId, 1, 2)).map(({ seq, stepId, offset, text }) => [
          ...[seq, stepId, offset, text],
        ]),
        [
          [2, "b", 0, "x"],
          [3, "a", 6, "wörld"],
        ],
      );
      assert.deepEqual(await store.log.readStep(runId, a, 0, 100), {
        ...{ text: "hello wörld!", nextOffset: 12 },
      });
      assert.deepEqual(await store.log.readStep(runId, a, 4, 4), { text: "o wö", nextOffset: 8 });
      assert.deepEqual(await store.log.readStep(runId, a, 12, 4), { text: "", nextOffset: 12 });
      const end = await store.log.readEnd(runId, a, 2);
      assert.deepEqual(
        end.map(({ seq, text }) => [seq, text]),
        [
          [3, "wörld"],
          [4, "!"],
        ],
      );
      assert.equal(await store.log.sourceEnd(runId, a, 1, seed.nodeId, "stdout"), 13);
      assert.equal(await store.log.sourceEnd(runId, a, 2, seed.nodeId, "stdout"), 0);
    });

    test("text with zeros, other control characters and half an emoji is kept behind them, too", async () => {
      const { store, claim, runId, seed } = await runningRun();
      const stepId = StepId.parse("a");
      const append = (text: string) =>
        store.log.append(claim, [
          {
            ...{ stepId, attempt: 1, nodeId: seed.nodeId, stream: "stdout", text, sourceEnd: 9 },
            at: "2026-01-01T10:00:00.000Z",
          },
        ]);
      await append("a\0\0b\x1b[31m\x07\ud83d|");
      await append("c");
      const texts = (await store.log.read(runId, 0, 9)).map(({ offset, text }) => [offset, text]);
      assert.deepEqual(texts, [
        [0, "ab\x1b[31m\x07\ufffd|"],
        [10, "c"],
      ]);
      assert.equal((await store.log.readStep(runId, stepId, 9, 9)).text, "|c");
    });

    test("a claim is confirmed until another engine has the run", async () => {
      const { store, claim, runId } = await runningRun();
      await store.journal.confirm(claim);
      const next = await store.queue.claim(runId, "two");
      await assert.rejects(store.journal.confirm(claim), code("run.generation_lost"));
      await store.journal.confirm(next);
    });

    test("what an ended run leaves on its nodes is due until it is gone, again after a rollback", async () => {
      const { seed, store, claim, runId, stepId } = await runningRun();
      const due = (more: Partial<LeftoverQuery> = {}) =>
        store.leftovers.due({ runId, now: Date.now(), retentionMs: 60_000, retryMs: 0, ...more });
      const left = { runId, nodeId: seed.nodeId, generation: claim.generation };
      assert.deepEqual(await due(), [], "it is under way");
      await store.journal.append(claim, 3, finish(stepId, "run.succeeded"));
      assert.deepEqual(await due(), [{ ...left, lock: true, jobs: false, scratch: true }]);
      await store.leftovers.settle(
        { ...left, lock: true, jobs: false, scratch: true },
        none,
        "no answer",
      );
      const all = { runId: undefined, retryMs: 60_000 };
      const ofAll = async (now: number) =>
        (await due({ ...all, now })).filter((one) => one.runId === runId);
      assert.deepEqual(await ofAll(Date.now()), [], "it was tried just now");
      assert.deepEqual(await ofAll(Date.now() + 61_000), [
        { ...left, lock: true, jobs: true, scratch: true },
      ]);
      await store.leftovers.settle(
        left as Leftover,
        { lock: true, jobs: false, scratch: true },
        null,
      );
      assert.deepEqual(await due(), []);
      assert.deepEqual(await due({ retentionMs: 0 }), [
        { ...left, lock: false, jobs: true, scratch: false },
      ]);
      await store.leftovers.settle(
        left as Leftover,
        { lock: true, jobs: true, scratch: true },
        null,
      );
      assert.deepEqual(await due({ retentionMs: 0 }), []);

      const back = await seedPlan(seed, runId);
      const leg: RunEventBody = {
        ...{ type: "leg.started", leg: "rollback", planId: back.plan.id, planHash: back.hash },
        ...{ stepIds: [back.stepId], by: byAda },
      };
      const again = await store.queue.claim(runId, "two");
      await store.journal.append(again, 6, [leg, ...finish(back.stepId, "run.rolled-back")]);
      const { generation } = again;
      // What the first leg's janitor still has to say comes too late.
      await store.leftovers.settle(
        left as Leftover,
        { lock: true, jobs: true, scratch: true },
        null,
      );
      assert.deepEqual(await due(), [
        { ...left, generation, lock: true, jobs: false, scratch: true },
      ]);
    });

    test("an append costs a few milliseconds of a processor", async () => {
      const { store, claim, stepId } = await runningRun();
      await store.journal.append(claim, 3, [{ type: "step.started", stepId, attempt: 1 }]);
      const appends = 100;
      const start = process.cpuUsage();
      for (let i = 0; i < appends; i++) {
        await store.journal.append(claim, 4 + i, [
          { type: "step.progress", stepId, attempt: 1, text: "t", current: i, total: appends },
        ]);
      }
      const { user, system } = process.cpuUsage(start);
      const each = (user + system) / 1000 / appends;
      assert.ok(each < 25, `${each.toFixed(1)} ms`);
    });
  });
}
