import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { waitUntil } from "#lab/shell.ts";
import { assertTrouble, Scene } from "./trouble-scene.ts";

/** What is looked at once more just before T1: a node that has turned stops the run while nothing is touched. */
let scene: Scene;

before(async () => {
  scene = await Scene.open({ nodes: ["hz-1", "hz-2"] });
});

after(() => scene?.close());

test("a node that has fallen ill since the plan was made stops the run before the first stop", async () => {
  const deploymentId = await scene.register();
  const original = await scene.restored();
  const runId = await scene.start(deploymentId, { gates: ["stop"] });
  const waiting = await scene.settled(runId, "paused");
  assert.equal(waiting.pause?.reason, "gate");

  const host = scene.lab.host("hz-2");
  const console = (verb: string) =>
    host.mustExec(`docker exec ${scene.oldContainer} supervisorctl ${verb} oms_console`);
  await console("stop");
  await waitUntil("hz-2 to be ill", async () => !(await host.isHealthy()));
  await scene.command(runId, "approve", { stepId: "gate.stop" });
  const state = await scene.settled(runId, "paused");
  assertTrouble(state, "verify-again.hz-2", {
    code: "health.turned",
    message: /hz-2 was healthy when the plan was made and is not now: \/oms\/health/,
    remedy: /No container was stopped.*retry when it is healthy/,
  });
  assert.deepEqual(state.marks, {});
  assert.equal((await scene.haConfig()).enable, true);

  await console("start");
  await scene.everyoneHealthy();
  assert.deepEqual(await scene.restored(), original);
  await scene.retry(runId, "verify-again.hz-2");
  await scene.settled(runId, "succeeded");
});
