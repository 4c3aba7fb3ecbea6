import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { replay } from "#lib/domain/apply-event.ts";
import type { ErrorCode } from "#lib/domain/errors.ts";
import { InstallationId } from "#lib/domain/lock.ts";
import type { RunState } from "#lib/domain/run.ts";
import { Secret } from "#lib/domain/secret.ts";
import { createRun } from "#lib/store/create-run.ts";
import { prismaStore } from "#lib/store/store.ts";
import { ada, seedDeployment, seedPlan, temporaryStore } from "#lib/store/tests/fixtures.ts";
import { Engine } from "../engine.ts";
import { FakeHost } from "./fake-host.ts";

let close: () => Promise<void>;
before(async () => {
  close = await temporaryStore();
});
after(() => close());

const installation = InstallationId.parse("ins_000000000000");

/** A run that stops the one container of a host, on an engine of its own. */
async function begin(away: ErrorCode | null, patienceMs = 20_000) {
  const seed = await seedDeployment();
  const { plan, hash, stepId } = await seedPlan(seed);
  const runId = await createRun({ planId: plan.id, planHash: hash, actor: ada });
  const host = new FakeHost("hz-1");
  host.away = away;
  const store = prismaStore();
  const start = () => {
    const engine = new Engine(
      {
        ...store,
        ...{ host: async () => host.remote, secret: async () => new Secret("unused") },
        connectSql: () => Promise.reject(new Error("no SQL here")),
        dashboard: async () => ({ installation, host: "ops-1", url: "http://ops-1:3000" }),
        lockStanding: async () => "foreign",
        ...{ onWake: () => () => undefined, now: Date.now, report: () => undefined },
      },
      { worker: "test", pollMs: 20, patienceMs },
    );
    engine.start();
    return engine;
  };
  let engine = start();
  const read = () => store.journal.read(runId);
  const state = async () => replay(await read())!;
  return {
    host,
    stepId,
    nodeId: seed.nodeId,
    read,
    /** The types of the events since the run was taken up. */
    types: async () => (await read()).slice(3).map(({ body }) => body.type),
    async until(holds: (state: RunState) => boolean): Promise<RunState> {
      for (let tries = 0; tries < 400; tries += 1) {
        const now = await state();
        if (holds(now)) return now;
        await sleep(20);
      }
      return assert.fail(`waited in vain: ${JSON.stringify(await read())}`);
    },
    async restart() {
      await engine.stop();
      engine = start();
    },
    async [Symbol.asyncDispose]() {
      host.away = null;
      host.endJob();
      await engine.stop();
    },
  };
}

test("a host that is away at first is waited for, shown with its time, and its step goes on", async () => {
  await using run = await begin("bastion.unreachable");
  const { unreachable, createdAt } = await run.until((state) => run.nodeId in state.unreachable);
  const { since, error } = unreachable[run.nodeId]!;
  assert.ok(since >= createdAt && since <= new Date().toISOString(), since);
  assert.equal(error.code, "bastion.unreachable");
  assert.match(error.message, /hz-1/);
  run.host.away = null;
  const back = await run.until((state) => !(run.nodeId in state.unreachable));
  assert.notEqual(back.steps[run.stepId]?.status, "failed");
  await run.until(() => run.host.stops === 1);
  run.host.endJob();
  const end = await run.until((state) => state.status === "succeeded");
  // Nothing had been sent, so the attempt that found the host away is over.
  assert.equal(end.steps[run.stepId]?.attempt, 2);
  assert.equal(run.host.stops, 1);
  const types = await run.types();
  assert.ok(types.indexOf("host.lost") < types.indexOf("host.back"), types.join(" "));
});

test("patience has an end: the step fails with what kept it, and nothing is claimed any more", async () => {
  await using run = await begin("ssh.unreachable", 300);
  const { steps, unreachable, pause } = await run.until((state) => state.status === "paused");
  assert.equal(pause?.reason, "failed");
  assert.equal(steps[run.stepId]?.error?.code, "ssh.unreachable");
  assert.deepEqual(unreachable, {});
  assert.ok((await run.types()).includes("host.lost"));
});

test("a connection that is lost under a job is no failure, and is shown while it lasts", async () => {
  await using run = await begin(null);
  await run.until(() => run.host.stops === 1);
  run.host.away = "ssh.connection_lost";
  await run.until((state) => run.nodeId in state.unreachable);
  run.host.away = null;
  await run.until((state) => !(run.nodeId in state.unreachable));
  run.host.endJob();
  const end = await run.until((state) => state.status === "succeeded");
  assert.equal(end.steps[run.stepId]?.attempt, 1);
  assert.equal(run.host.stops, 1);
});

test("a connection that is back at once makes no noise", async () => {
  await using run = await begin(null);
  await run.until(() => run.host.stops === 1);
  for (let times = 0; times < 3; times += 1) {
    run.host.dropConnection();
    await sleep(30);
  }
  run.host.endJob();
  await run.until((state) => state.status === "succeeded");
  assert.ok(!(await run.types()).includes("host.lost"));
});

test("what an earlier process could not reach stays away until it answers", async () => {
  await using run = await begin("ssh.unreachable");
  const first = await run.until((state) => run.nodeId in state.unreachable);
  await run.restart();
  await run.until((state) => state.seq > first.seq);
  const second = await run.until((state) => state.status === "running");
  assert.deepEqual(second.unreachable, first.unreachable);
  run.host.away = null;
  await run.until((state) => !(run.nodeId in state.unreachable));
  assert.equal((await run.types()).filter((type) => type === "host.lost").length, 1);
});
