import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { startRollback } from "#lab/product/journey.ts";
import { Product } from "#lab/product/product.ts";
import { waitUntil } from "#lab/shell.ts";
import type { RunEvent } from "#lib/domain/events.ts";
import { StepId } from "#lib/domain/ids.ts";
import type { RunState } from "#lib/domain/run.ts";
import { english } from "#lib/i18n/english.ts";
import type { PlanView } from "#lib/services/views.ts";
import { hangDumps } from "./hanging-dump.ts";
import { assertTrouble, Scene } from "./trouble-scene.ts";

/** A node that is gone for good after T1: the run goes on without it, or brings the others back. */
let scene: Scene;
let deploymentId: string;
let original: Awaited<ReturnType<Scene["restored"]>>;
const reason = "its power supply has burned";

before(async () => {
  const product = await Product.start({ environment: { UPLIFT_HOST_PATIENCE_SECONDS: "5" } });
  scene = await Scene.open({ nodes: ["hz-1", "hz-2"], initSeconds: 2 }, product);
  deploymentId = await scene.register();
  original = await scene.restored();
});

after(() => scene?.close());

/** What a person does to a repaired node, and the service is as it was. */
afterEach(async () => {
  for (const host of scene.lab.allHosts) {
    await host.mustExec(`docker start ${scene.oldContainer}`);
    const aside = `docker ps -aq --filter name=^${scene.newContainer}$ | xargs -r docker rm -f`;
    await host.mustExec(aside);
  }
  await scene.everyoneHealthy();
  assert.deepEqual(await scene.restored(), original, "the deployment is not what it was");
});

const step = (state: RunState, id: string) => state.steps[StepId.parse(id)];

/** The step that failed because its node gives no answer. */
const silent = (state: RunState) =>
  Object.values(state.steps).find(
    ({ status, error }) => status === "failed" && error?.code === "ssh.unreachable",
  )?.id ?? null;

const leaveOut = (runId: string, stepId: string) =>
  scene.command(runId, "leave-out", { stepId, reason });

async function bringBack(name: string): Promise<void> {
  const host = scene.lab.host(name);
  await host.boot();
  await host.waitForDocker();
}

const databasesOn = (state: RunState, name: string, plan: PlanView) =>
  state.backups
    .filter(({ nodeId }) => plan.plan?.hosts.find((host) => host.nodeId === nodeId)?.name === name)
    .map(({ database }) => database)
    .sort();

test("the node with dumps and the initialisation is gone: the other takes both over, and goes back alone", async () => {
  const inits = (await scene.lab.metadb.initRuns()).length;
  const dump = await hangDumps(scene.lab.metadb);
  const plan = await scene.plan(deploymentId);
  const runId = await scene.startPlan(plan);
  await dump.hanging();
  const before = await scene.seen(
    runId,
    (state) => step(state, "prove.oms_rm")?.status === "succeeded",
  );
  assert.deepEqual(databasesOn(before, "hz-1", plan), ["oms_rm"]);
  await scene.lab.host("hz-1").powerCut();
  await dump.release();
  // Whichever came first: the start of its container tells that the node is away, and a rehearsal whose session
  // through the node broke only says so when it is tried again. One that restores just then is followed until its
  // deadline, since its job may go on, unless a person gives it up.
  const stands = (state: RunState) => state.status === "paused";
  const restores = (state: RunState) =>
    silent(state) !== null && step(state, "rehearse.oms_rm")?.status === "running";
  let lost = await scene.seen(runId, (state) => stands(state) || restores(state));
  if (!stands(lost)) {
    const patient = scene.seen(runId, stands, 20_000);
    lost = await patient.catch(async () => {
      await scene.command(runId, "cancel", { stepId: "rehearse.oms_rm", reason });
      return scene.settled(runId, "paused");
    });
  }
  if (!silent(lost)) {
    await scene.command(runId, "retry", { stepId: "rehearse.oms_rm" });
    lost = await scene.seen(runId, (state) => state.status === "paused" && silent(state) !== null);
  }
  const stuck = silent(lost) ?? "";
  assertTrouble(lost, stuck, {
    ...{ code: "ssh.unreachable", message: /hz-1/, remedy: /./, host: "hz-1" },
  });

  // One that answers is not left out, whatever anybody says.
  await bringBack("hz-1");
  const answer = await scene.product.api("POST", `/runs/${runId}/commands`, {
    ...{ kind: "leave-out", stepId: stuck, reason },
  });
  assert.equal(answer.status, 409);
  assert.match(JSON.stringify(answer.body), /hz-1 answers, so it is not left out/);
  await scene.lab.host("hz-1").powerCut();

  await leaveOut(runId, stuck);
  const done = await scene.settled(runId, "succeeded");
  assert.equal(Object.values(done.leftOut)[0]?.reason, reason);
  assert.deepEqual(done.marks.T1, before.marks.T1);
  assert.ok(done.marks.T2);
  assert.deepEqual(databasesOn(done, "hz-1", plan), []);
  assert.ok(done.backups.every(({ proven }) => proven));
  assert.equal((await scene.haConfig()).enable, true);
  assert.ok(await scene.lab.host("hz-2").isHealthy());
  assert.equal((await scene.lab.metadb.initRuns()).length, inits + 1);
  assert.deepEqual(await scene.lab.metadb.initDamage(), []);
  const events = await scene.product.ask<RunEvent[]>("GET", `/runs/${runId}/events`);
  const moved = events.flatMap(({ body }) => (body.type === "step.moved" ? [body.stepId] : []));
  assert.deepEqual(moved.sort(), ["dump.oms_rm", "init.hz-1", "prove.oms_rm", "rehearse.oms_rm"]);

  const { plan: back } = await scene.rollBack(runId);
  assert.match(english(back.plan?.warnings[0] ?? ""), /^hz-1 is left out: nothing is done there\./);
  assert.ok(await scene.lab.host("hz-2").isHealthy());
  await bringBack("hz-1");
});

test("the others are rolled back without it", async () => {
  const runId = await scene.start(deploymentId, { gates: ["start"] });
  const { marks } = await scene.settled(runId, "paused");
  assert.ok(marks.T1);
  await scene.lab.host("hz-2").powerCut();
  await startRollback(scene.product, runId);
  const lost = await scene.settled(runId, "paused");
  assertTrouble(lost, "rollback.lock.hz-2", {
    ...{ code: "ssh.unreachable", message: /hz-2/, remedy: /./, host: "hz-2" },
  });
  await leaveOut(runId, "rollback.lock.hz-2");
  const done = await scene.settled(runId, "rolled-back");
  assert.equal(step(done, "rollback.restart.hz-2")?.status, "skipped");
  assert.ok(await scene.lab.host("hz-1").isHealthy());
  await bringBack("hz-2");
});

test("a node that only seems to be gone is found out by its sessions before a schema is touched", async () => {
  const node = scene.lab.host("hz-2");
  const inits = (await scene.lab.metadb.initRuns()).length;
  // docker stop comes to nothing, and the way to the host is cut: the old OMS goes on there.
  await scene.replaceTool(
    "/usr/bin/docker",
    `[ "$1" = stop ] || exec "$real" "$@"; touch /run/lab-stopping; sleep 600`,
    node,
  );
  const runId = await scene.start(deploymentId);
  await waitUntil("the stop to begin", async () => {
    return (await node.exec("test -e /run/lab-stopping")).code === 0;
  });
  await node.mustExec("iptables -I INPUT -p tcp --dport 22 -j DROP");
  // A job that is merely not heard is followed until its deadline: whoever knows better cancels.
  await scene.seen(runId, ({ unreachable }) => Object.keys(unreachable).length > 0);
  await scene.command(runId, "cancel", { stepId: "stop.hz-2", reason });
  const lost = await scene.settled(runId, "paused");
  const [stuck] = lost.pause?.stepIds ?? [];
  assert.equal(stuck, "stop.hz-2");
  await leaveOut(runId, stuck);
  const refused = await scene.settled(runId, "paused");
  const troubled = refused.pause?.stepIds ?? [];
  assertTrouble(refused, troubled[0] ?? "", {
    code: "node.still_active",
    message: /hz-2 was left out, but \d+ of its sessions with the MetaDB have been at work since/,
    remedy: /Switch hz-2 off/,
  });
  assert.equal((await scene.lab.metadb.initRuns()).length, inits);

  await node.powerCut();
  await scene.retry(runId, ...troubled);
  const done = await scene.settled(runId, "succeeded");
  assert.equal(step(done, "stop.hz-2")?.status, "skipped");
  await scene.rollBack(runId);
  await bringBack("hz-2");
  await scene.restoreTool("/usr/bin/docker", node);
});
