import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import type { RunEvent } from "#lib/domain/events.ts";
import { assertTrouble, Scene } from "./trouble-scene.ts";

/** What operators do in mid-run, and what becomes of a run whose product dies. */
let scene: Scene;
let deploymentId: string;
let original: Awaited<ReturnType<Scene["restored"]>>;

before(async () => {
  scene = await Scene.open({ nodes: ["hz-1", "hz-2"], loadNewImage: ["hz-1"] });
  deploymentId = await scene.register();
  original = await scene.restored();
});

after(() => scene?.close());

afterEach(async () => {
  await scene.everyoneHealthy();
  assert.deepEqual(await scene.restored(), original, "the deployment is not what it was");
});

const eventsOf = async (runId: string) =>
  (await scene.product.ask<RunEvent[]>("GET", `/runs/${runId}/events`)).map(({ body }) => body);

test("a load that fails is done by hand and marked so, a changed file is skipped; both stand in the journal", async () => {
  const archive = scene.lab.images.archivePathOnHost;
  const node = scene.lab.host("hz-2");
  const plan = await scene.plan(deploymentId, { imageArchive: archive });
  // Between the look and the load the archive is damaged; the file changes, too.
  await node.mustExec(
    `cp ${archive} ${archive}.kept && head -c 100000 ${archive}.kept > ${archive}.cut`,
  );
  await node.mustExec(`mv ${archive}.cut ${archive}`);
  await node.mustExec("echo '# reviewed' >> /data/config.yaml");
  const runId = await scene.startPlan(plan);

  let state = await scene.settled(runId, "paused");
  assertTrouble(state, "verify.hz-2", {
    code: "config.changed",
    message: /\/data\/config\.yaml on hz-2 has changed/,
    remedy: /Make a new plan/,
  });
  const withoutReason = await scene.product.api("POST", `/runs/${runId}/commands`, {
    kind: "skip",
    stepId: "verify.hz-2",
  });
  assert.equal(withoutReason.status, 400);
  await scene.command(runId, "skip", { stepId: "verify.hz-2", reason: "only a comment" });

  state = await scene.settled(runId, "paused");
  assertTrouble(state, "load.hz-2", {
    code: "command.failed",
    message:
      /The image could not be loaded on hz-2: "docker load -i \/data\/images\/\S+" ended with exit code 1: /,
    remedy: /made by docker save/,
  });
  assert.equal((await scene.haConfig()).enable, true);
  assert.deepEqual((await scene.outside()).containers, original.containers);
  await node.mustExec(`docker load -i ${archive}.kept`);
  await scene.command(runId, "mark-done", { stepId: "load.hz-2", reason: "loaded by hand" });

  await scene.settled(runId, "succeeded");
  const events = await eventsOf(runId);
  const of = (type: string) => events.find((body) => body.type === type);
  const by = { name: "Test Administrator" };
  assert.partialDeepStrictEqual(of("step.skipped"), {
    stepId: "verify.hz-2",
    reason: "only a comment",
    by,
  });
  assert.partialDeepStrictEqual(of("step.marked-done"), {
    stepId: "load.hz-2",
    reason: "loaded by hand",
    by,
  });
  await node.mustExec("sed -i '/# reviewed/d' /data/config.yaml");
  await scene.rollBack(runId);
});

test("pause and resume in mid-run, then kill -9: the run goes on to its end by itself", async () => {
  const before = (await scene.lab.metadb.initRuns()).length;
  const runId = await scene.start(deploymentId);
  await scene.seen(runId, ({ marks }) => marks.T1 !== undefined);
  await scene.command(runId, "pause");
  const paused = await scene.settled(runId, "paused");
  assert.equal(paused.pause?.reason, "operator");
  const running = Object.values(paused.steps).filter(({ status }) => status === "running");
  assert.deepEqual(running, []);
  assert.equal((await scene.lab.metadb.initRuns()).length, before, "the pause came too late");
  await scene.command(runId, "resume");

  await scene.seen(runId, ({ steps }) =>
    Object.values(steps).some(({ id, status }) => id === "init.hz-1" && status === "running"),
  );
  await scene.product.kill();
  await scene.product.launch();
  const done = await scene.settled(runId, "succeeded");
  assert.equal((await scene.lab.metadb.initRuns()).length, before + 1);
  assert.ok(done.marks.T1 && done.marks.T2);
  const types = (await eventsOf(runId)).map(({ type }) => type);
  assert.equal(types.filter((type) => type === "run.paused").length, 1);
  assert.equal(types.filter((type) => type === "run.resumed").length, 1);
  assert.ok(types.filter((type) => type === "run.taken-up").length >= 2);
  assert.deepEqual(await scene.lab.metadb.initDamage(), []);
  await scene.rollBack(runId);
});
