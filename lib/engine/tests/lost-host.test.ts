import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { english } from "#lib/i18n/english.ts";
import { temporaryStore } from "#lib/store/tests/fixtures.ts";
import { beginOneStepRun } from "./one-step-run.ts";

let close: () => Promise<void>;
before(async () => {
  close = await temporaryStore();
});
after(() => close());

test("a host that is away at first is waited for, shown with its time, and its step goes on", async () => {
  await using run = await beginOneStepRun("bastion.unreachable");
  const { unreachable, createdAt } = await run.until((state) => run.nodeId in state.unreachable);
  const { since, error } = unreachable[run.nodeId]!;
  assert.ok(since >= createdAt && since <= new Date().toISOString(), since);
  assert.equal(error.code, "bastion.unreachable");
  assert.match(english(error.message), /hz-1/);
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
  await using run = await beginOneStepRun("ssh.unreachable", 300);
  const { steps, unreachable, pause } = await run.until((state) => state.status === "paused");
  assert.equal(pause?.reason, "failed");
  assert.equal(steps[run.stepId]?.error?.code, "ssh.unreachable");
  assert.deepEqual(unreachable, {});
  assert.ok((await run.types()).includes("host.lost"));
});

test("a connection that is lost under a job is no failure, and is shown while it lasts", async () => {
  await using run = await beginOneStepRun(null);
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

test("the reason is told again when a look knows it better, the moment stays", async () => {
  await using run = await beginOneStepRun(null);
  await run.until(() => run.host.stops === 1);
  run.host.away = "ssh.connection_lost";
  const first = await run.until((state) => run.nodeId in state.unreachable);
  run.host.away = "bastion.unreachable";
  const second = await run.until(
    (state) => state.unreachable[run.nodeId]?.error.code === "bastion.unreachable",
  );
  assert.equal(second.unreachable[run.nodeId]?.since, first.unreachable[run.nodeId]?.since);
  const lost = (await run.types()).filter((type) => type === "host.lost");
  assert.equal(lost.length, 2);
});

test("a connection that is back at once makes no noise", async () => {
  await using run = await beginOneStepRun(null);
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
  await using run = await beginOneStepRun("ssh.unreachable");
  const first = await run.until((state) => run.nodeId in state.unreachable);
  await run.restart();
  await run.until((state) => state.seq > first.seq);
  const second = await run.until((state) => state.status === "running");
  assert.deepEqual(second.unreachable, first.unreachable);
  run.host.away = null;
  await run.until((state) => !(run.nodeId in state.unreachable));
  assert.equal((await run.types()).filter((type) => type === "host.lost").length, 1);
});
