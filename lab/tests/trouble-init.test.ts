import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { waitUntil } from "#lab/shell.ts";
import { StepId } from "#lib/domain/ids.ts";
import { assertTrouble, Scene } from "./trouble-scene.ts";

/** Trouble with the new version: containers, initialisation, health, restore. */
let scene: Scene;
/** A node that never gets healthy takes the shortest deadline there is, a minute: beside the rest. */
let sick: Scene;
let sickRun: { runId: string; was: Awaited<ReturnType<Scene["restored"]>> };
let deploymentId: string;
let original: Awaited<ReturnType<Scene["restored"]>>;
const mysql = "/usr/bin/mysql";

before(async () => {
  scene = await Scene.open();
  sick = await Scene.open({}, scene.product);
  const was = await sick.restored();
  const id = await sick.register((document) => {
    document.settings = { healthTimeoutMin: 1 };
  });
  const plan = await sick.plan(id);
  sickRun = { runId: await sick.startPlan(plan), was };
  // Not earlier: a node that is ill before the stops would not be stopped.
  await sick.seen(
    sickRun.runId,
    ({ steps }) => steps[StepId.parse("stop.hz-1")]?.status === "succeeded",
  );
  await sick.host.setOmsFault("health-never");
  deploymentId = await scene.register();
  original = await scene.restored();
});

after(async () => {
  await scene?.close();
  await sick?.lab.stop();
});

afterEach(async () => {
  await scene.everyoneHealthy();
  assert.deepEqual(await scene.restored(), original, "the deployment is not what it was");
});

test("a new container that exits after its start: pause, and the way back", async () => {
  await scene.host.setOmsFault("exit-after-start", { once: true });
  const runId = await scene.start(deploymentId);
  const state = await scene.settled(runId, "paused");
  const stepId = state.pause?.stepIds[0] ?? "";
  assertTrouble(state, stepId, {
    code: "container.exited",
    message:
      /oms_331 on hz-1 (ended right after its start|does not run, so docker_init\.sh could not do its work): \S/,
    remedy: /retry.*roll back/,
  });
  const { plan } = await scene.rollBack(runId);
  // Had its initialisation been begun, the databases are restored whether or not it did something.
  const begun = (state.steps[StepId.parse("init.hz-1")]?.attempt ?? 0) > 0;
  const words = plan.plan?.summary.join(" ") ?? "";
  assert.match(words, begun ? /restores 3 databases/ : /no database is dropped, nothing is lost/);
});

test("docker_init.sh fails at step 3: rolling back restores every database", async () => {
  await scene.host.setOmsFault("init-fails-at-step-3", { once: true });
  const runId = await scene.start(deploymentId);
  const state = await scene.settled(runId, "paused");
  assertTrouble(state, "init.hz-1", {
    code: "init.failed",
    message:
      /on hz-1: "docker exec oms_331 bash \/root\/docker_init\.sh" ended with exit code \d+: .*step 3/s,
    remedy: /Mend the cause and retry .*or roll back: every database has a proven backup/,
  });
  assert.notDeepEqual((await scene.outside()).tables, original.tables, "nothing to restore");
  const { plan } = await scene.rollBack(runId);
  assert.match(plan.plan?.summary.join(" ") ?? "", /restores 3 databases/);
});

test("docker_init.sh fails, the cause is mended, the retry succeeds; a restore that breaks is repeated", async () => {
  await scene.host.setOmsFault("init-fails-at-step-2");
  const runId = await scene.start(deploymentId);
  await scene.settled(runId, "paused");
  await scene.host.clearOmsFault("init-fails-at-step-2");
  await scene.retry(runId, "init.hz-1");
  const done = await scene.settled(runId, "succeeded");
  assert.equal(done.steps[StepId.parse("init.hz-1")]?.attempt, 2);

  // Every restore stops half-way until the MetaDB has been killed and started again.
  await scene.replaceTool(
    mysql,
    `case " $* " in *" --binary-mode "*) ;; *) exec "$real" "$@" ;; esac
[ -e /run/lab-went-down ] && exec "$real" "$@"
{ head -c 30000; echo >> /run/lab-half; while [ ! -e /run/lab-went-down ]; do sleep 0.05; done; cat; } | "$real" "$@"`,
  );
  const { product } = scene;
  const rollback = await product.ask<{ id: string; hash: string }>(
    "POST",
    `/runs/${runId}/rollback-plans`,
  );
  await scene.command(runId, "rollback", { planId: rollback.id, planHash: rollback.hash });
  await waitUntil("every restore to be half-way", async () => {
    const seen = await scene.host.exec("wc -l < /run/lab-half");
    return Number(seen.stdout) === 3;
  });
  await scene.lab.metadb.kill();
  await scene.lab.metadb.start();
  await scene.host.mustExec("touch /run/lab-went-down");
  const state = await scene.settled(runId, "paused");
  const troubled = state.pause?.stepIds ?? [];
  assert.equal(troubled.length, 3);
  for (const stepId of troubled) {
    assertTrouble(state, stepId, {
      code: "restore.failed",
      message: /\.sql\.zst on hz-1 could not be loaded into oms_\w+ \(exit code 1\): ERROR 20\d\d/,
      remedy: /retry: the backup is unharmed/,
    });
  }
  await scene.retry(runId, ...troubled);
  await scene.settled(runId, "rolled-back");
  await scene.restoreTool(mysql);
});

test("a node that is never healthy: pause after its deadline, and the way back", async () => {
  const { runId, was } = sickRun;
  const state = await sick.settled(runId, "paused");
  assertTrouble(state, "health.hz-1", {
    code: "health.never_healthy",
    message: /hz-1 did not become healthy in time: \/oms\/health answers not healthy/,
    remedy: /Look at the logs of OMS on hz-1; retry to wait longer, or roll back/,
  });
  await sick.host.clearOmsFault("health-never");
  await sick.rollBack(runId);
  assert.deepEqual(await sick.restored(), was);
});
