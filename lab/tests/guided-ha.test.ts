import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { RunEvent } from "#lib/domain/events.ts";
import { StepId } from "#lib/domain/ids.ts";
import type { RunState } from "#lib/domain/run.ts";
import { Scene } from "./trouble-scene.ts";

/** HA switched by a person in the console, which is played here by SQL on the MetaDB. */
let scene: Scene;
let deploymentId: string;

before(async () => {
  scene = await Scene.open({ nodes: ["hz-1", "hz-2"] });
  deploymentId = await scene.register((document) => {
    document.settings = { haWay: "guided" };
  });
});

after(() => scene?.close());

/** What a person saves in System Management > System Parameters. */
async function save(value: string): Promise<void> {
  await scene.lab.metadb.query(
    "update oms_rm.oms_normal_config set cfg_value = ? where cfg_name = 'ha.config'",
    [value],
  );
}

const asks = (id: string, shortfall: string) => (state: RunState) =>
  state.steps[StepId.parse(id)]?.awaits?.ask.shortfall === shortfall;

const askOf = (state: RunState, id: string) => {
  const awaits = state.steps[StepId.parse(id)]?.awaits;
  assert.ok(awaits, `${id} asks for nothing`);
  return awaits.ask;
};

/** Saves what the step asks for. @returns how long the product took to go on, ms */
async function obey(runId: string, id: string): Promise<number> {
  const { wanted } = askOf(await scene.seen(runId, asks(id, "not-switched")), id);
  assert.ok(wanted);
  await save(wanted);
  const saved = Date.now();
  const state = await scene.seen(runId, (seen) => seen.steps[StepId.parse(id)]?.endedAt != null);
  return Date.parse(state.steps[StepId.parse(id)]?.endedAt ?? "") - saved;
}

test("a person switches HA off and on, the product notices within two seconds and writes nothing", async () => {
  const runId = await scene.start(deploymentId);
  const first = await scene.seen(runId, asks("ha-off", "not-switched"));
  const ask = askOf(first, "ha-off");
  assert.match(ask.console, /^http:\/\/10\.77\.\d+\.\d+:8089$/);
  assert.deepEqual(ask.changes, [{ key: "enable", to: false }]);
  assert.ok(await scene.host.isHealthy(), "nothing is stopped before HA is off");
  assert.equal(first.marks.T1, undefined);

  // Half-edited: said, and waited on.
  const { present } = ask;
  await save(`${present.slice(0, -1)},`);
  await scene.seen(runId, asks("ha-off", "unusable"));
  await save(present);

  // A person acts while no dashboard runs: HA counts as switched off by this run all the same.
  await scene.seen(runId, asks("ha-off", "not-switched"));
  await scene.product.kill();
  await save(present.replace('"enable":true', '"enable":false'));
  await scene.product.launch();

  // Switched on with an interval that does not cover the outage: not enough.
  const on = askOf(await scene.seen(runId, asks("ha-on", "not-switched")), "ha-on");
  const wanted = JSON.parse(on.wanted ?? "") as {
    enable: boolean;
    refetchStoreIntervalMin: number;
  };
  assert.equal(wanted.enable, true);
  assert.ok(wanted.refetchStoreIntervalMin >= 31);
  await save(
    on.present.replace('"enable":false', '"enable":true').replace(/(IntervalMin":)\d+/, "$11"),
  );
  const short = await scene.seen(runId, asks("ha-on", "interval-too-short"));
  assert.equal(short.marks.T2, undefined);

  await save(on.wanted ?? "");
  const saved = Date.now();
  const state = await scene.settled(runId, "succeeded");
  const { T2 } = state.marks;
  assert.ok(T2);
  const noticed = Date.parse(T2.time) - saved;
  assert.ok(noticed >= -50, `noticed ${noticed} ms before`);
  noticedInTime(noticed, "ha-on");
  assert.partialDeepStrictEqual(state.steps[StepId.parse("ha-on")]?.output, {
    enabled: true,
    way: "guided",
    refetchStoreIntervalMin: wanted.refetchStoreIntervalMin,
  });
  await neverWritten(runId);

  await rollBackByHand(runId);
});

async function rollBackByHand(runId: string): Promise<void> {
  const rolling = scene.rollBack(runId);
  noticedInTime(await obey(runId, "rollback.ha-off"), "rollback.ha-off");
  noticedInTime(await obey(runId, "rollback.ha-on"), "rollback.ha-on");
  const { state } = await rolling;
  assert.equal((await scene.haConfig()).enable, true);
  assert.ok(state.marks.HA_BACK);
  await neverWritten(runId);
}

/** @param ms From the edit to the end of the step that waited for it. */
function noticedInTime(ms: number, step: string): void {
  // Two seconds to notice; the rest is for a machine that is busy with other things.
  assert.ok(ms <= 15_000, `${step} ended ${ms} ms after the edit`);
}

async function neverWritten(runId: string): Promise<void> {
  const events = await scene.product.ask<RunEvent[]>("GET", `/runs/${runId}/events`);
  const written = events.filter(
    ({ body }) => body.type === "step.command" && /UPDATE .*oms_normal_config/.test(body.command),
  );
  assert.deepEqual(written, []);
}
