import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { waitUntil } from "#lab/shell.ts";
import type { RunEvent } from "#lib/domain/events.ts";
import { StepId } from "#lib/domain/ids.ts";
import type { RunState, StepState } from "#lib/domain/run.ts";
import { Gate } from "#lib/domain/step.ts";
import { placeOf } from "#lib/remote/job-names.ts";
import { assertTrouble, dumpsOnly, Scene } from "./trouble-scene.ts";

/** Runs that wait for a person, and steps that a person ends while they run. */
let scene: Scene;
let deploymentId: string;
let original: Awaited<ReturnType<Scene["restored"]>>;
const mysqldump = "/usr/bin/mysqldump";

before(async () => {
  scene = await Scene.open({ nodes: ["hz-1", "hz-2"] });
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

const stepOf = (state: RunState, id: string): StepState => {
  const step = state.steps[StepId.parse(id)];
  assert.ok(step, `no step ${id}`);
  return step;
};

const runs = (id: string) => (state: RunState) => stepOf(state, id).status === "running";

/** `NAME running|exited` on each host, as Docker says. */
async function containers(): Promise<string[]> {
  const seen = await Promise.all(
    scene.lab.allHosts.map((host) =>
      host.mustExec("docker ps -a --format '{{.Names}} {{.State}}'"),
    ),
  );
  return seen
    .flatMap((stdout) => stdout.trim().split("\n"))
    .filter((line) => !line.includes("-rolled-back-"))
    .sort();
}

/** The command lines of all that runs on a host, its containers included, that match. */
async function processes(pattern: RegExp, host = scene.host): Promise<string[]> {
  const stdout = await host.mustExec("ps -eo pid,pgid,args --no-headers");
  return stdout.split("\n").filter((line) => pattern.test(line) && !line.includes("ps -eo"));
}

/** The process group of a job, as its claim on the host says. */
async function groupOf(run: string, step: string): Promise<string> {
  const { job } = placeOf("", { run, step, attempt: 1 });
  const stdout = await scene.host.mustExec(`readlink '/var/lib/uplift/jobs/${run}/${job}/started'`);
  const [, , , group = ""] = stdout.trim().split(" ");
  assert.match(group, /^\d+$/, stdout);
  return group;
}

async function groupIsGone(group: string): Promise<void> {
  const seen = await scene.host.exec(`ps -eo pgid= | grep -qx ' *${group}'`);
  assert.equal(seen.code, 1, `process group ${group} is still there`);
}

/** What must hold at each gate, seen from outside, and nothing more than that. */
const outsideAt: Record<Gate, (state: RunState) => Promise<void>> = {
  async stop(state) {
    assert.deepEqual(state.marks, {});
    assert.deepEqual(await scene.restored(), original);
  },
  async start(state) {
    assert.ok(state.marks.T1);
    assert.deepEqual(await containers(), ["oms_330 exited", "oms_330 exited"]);
    assert.ok(state.backups.length === 3 && state.backups.every(({ proven }) => proven));
  },
  async init() {
    assert.deepEqual(await containers(), [
      ...["oms_330 exited", "oms_330 exited", "oms_331 running", "oms_331 running"],
    ]);
    for (const host of scene.lab.allHosts) assert.ok(!(await host.isHealthy()));
  },
  async "ha-on"(state) {
    for (const host of scene.lab.allHosts) assert.ok(await host.isHealthy());
    assert.equal((await scene.haConfig()).enable, false);
    assert.equal(state.marks.T2, undefined);
  },
};

test("every gate holds the run until it is approved, also through the dashboard's death", async () => {
  const inits = (await scene.lab.metadb.initRuns()).length;
  const runId = await scene.start(deploymentId, { gates: Gate.options.toReversed() });
  for (const gate of Gate.options) {
    const stepId = `gate.${gate}`;
    let state = await scene.settled(runId, "paused");
    assert.partialDeepStrictEqual(state.pause, { reason: "gate", stepIds: [stepId] });
    assert.equal(stepOf(state, stepId).status, "waiting");
    assert.equal((await scene.lab.metadb.initRuns()).length, inits + Number(gate === "ha-on"));
    await outsideAt[gate](state);

    const resume = await scene.product.api("POST", `/runs/${runId}/commands`, { kind: "resume" });
    assert.equal(resume.status, 409);
    const skip = { kind: "skip", stepId, reason: "in a hurry" };
    assert.equal((await scene.product.api("POST", `/runs/${runId}/commands`, skip)).status, 409);

    if (gate === "start") {
      await scene.product.kill();
      await scene.product.launch();
      // Longer than the engine's poll: what would go on by itself has gone on by now.
      await wait(2_500);
      const later = await scene.settled(runId, "paused");
      assert.equal(later.seq, state.seq, "something happened at the gate without an approval");
      await outsideAt[gate](later);
    }
    await scene.command(runId, "approve", { stepId, reason: `${gate}: seen` });
    state = await scene.seen(runId, () => true);
    assert.equal(stepOf(state, stepId).status, "succeeded");
  }
  await scene.settled(runId, "succeeded");

  const events = await eventsOf(runId);
  const approvals = events.filter((body) => body.type === "gate.approved");
  assert.deepEqual(
    approvals.map(({ stepId, note, by }) => [stepId, note, by.name]),
    Gate.options.map((gate) => [`gate.${gate}`, `${gate}: seen`, "Test Administrator"]),
  );
  const at = (holds: (body: RunEvent["body"]) => boolean) => events.findIndex(holds);
  const approved = (gate: Gate) =>
    at((body) => body.type === "gate.approved" && body.stepId === `gate.${gate}`);
  const began = (kind: string) =>
    at((body) => body.type === "step.started" && body.stepId.startsWith(kind));
  for (const [gate, kind] of [
    ["stop", "verify-again."],
    ["stop", "ha-off"],
    ["stop", "stop."],
    ["start", "start."],
    ["init", "init."],
    ["ha-on", "ha-on"],
  ] as const) {
    assert.ok(approved(gate) >= 0 && approved(gate) < began(kind), `${kind} before ${gate}`);
  }
  assert.deepEqual(await scene.lab.metadb.initDamage(), []);
  await scene.rollBack(runId);
});

test("docker_init.sh is cancelled: nothing of it goes on, and a rollback restores every database", async () => {
  await scene.host.setInitSeconds(30);
  const runId = await scene.start(deploymentId);
  // Behind the third headline rm has the new schema and cm has not: half migrated.
  await scene.seen(runId, (state) => (stepOf(state, "init.hz-1").progress?.current ?? 0) >= 3);
  const group = await groupOf(runId, "init.hz-1");
  const inContainer = /docker_init\.sh|docker-init\.js/;
  assert.ok((await processes(/bash \/root\/docker_init\.sh/)).length > 0);
  const nothing = await scene.product.api("POST", `/runs/${runId}/commands`, {
    kind: "cancel",
    stepId: "init.hz-1",
  });
  assert.equal(nothing.status, 400);

  await scene.command(runId, "cancel", { stepId: "init.hz-1", reason: "wrong evening" });
  const state = await scene.settled(runId, "paused");
  assertTrouble(state, "init.hz-1", {
    code: "step.cancelled",
    message: /^Cancelled by Test Administrator \("wrong evening"\)\. .*exit code 143/s,
    remedy: /half migrated.*Roll back: it restores every database from its proven dump/s,
  });
  assert.equal(state.pause?.reason, "failed");
  await groupIsGone(group);
  assert.deepEqual(await processes(inContainer), []);

  // It has left the databases half migrated, and there they stay: nobody is left to work on them.
  const versions = () =>
    scene.lab.metadb.query(
      "select (select version from oms_rm.oms_schema_version) as rm, (select version from oms_cm.oms_schema_version) as cm",
    );
  assert.deepEqual(await versions(), [{ rm: "3.3.1", cm: "3.3.0" }]);

  const events = await eventsOf(runId);
  const types = events.map(({ type }) => type);
  assert.ok(types.indexOf("step.cancel-requested") < types.indexOf("step.failed"));
  await scene.rollBack(runId);
  await scene.host.setInitSeconds(2);
});

test("a cancel is honoured by the next process when this one dies before it acts; then retried", async () => {
  await scene.replaceTool(
    mysqldump,
    `${dumpsOnly}case " $* " in *" oms_rm "*) sleep 600 ;; esac; exec "$real" "$@"`,
  );
  const runId = await beginToDieAt("before-cancel@dump.oms_rm");
  await scene.seen(runId, runs("dump.oms_rm"));
  await waitUntil("the dump to run", async () => (await processes(/sleep 600/)).length > 0);
  const group = await groupOf(runId, "dump.oms_rm");
  // The answer may be lost with the process; the wish is committed before it dies.
  await scene
    .command(runId, "cancel", { stepId: "dump.oms_rm", reason: "the disk is slow" })
    .catch(() => undefined);
  await waitUntil("the dashboard to die", async () => !scene.product.isRunning);
  assert.match(scene.product.output, /^uplift-crash before-cancel@dump\.oms_rm$/m);
  assert.ok((await processes(/sleep 600/)).length > 0, "it was ended before the wish was on disk");

  delete process.env.UPLIFT_CRASH_AT;
  await scene.product.kill();
  await scene.product.launch();
  const state = await scene.settled(runId, "paused");
  assertTrouble(state, "dump.oms_rm", {
    code: "step.cancelled",
    message: /^Cancelled by Test Administrator \("the disk is slow"\)\./,
    remedy: /The database was only read\..*Retry dumps it again/s,
  });
  assert.deepEqual(await processes(/sleep 600/), []);
  await groupIsGone(group);
  const accepted = (await eventsOf(runId)).filter(
    (body) => body.type === "command.accepted" && body.kind === "cancel",
  );
  assert.equal(accepted.length, 1);

  await scene.restoreTool(mysqldump);
  await scene.host.setOmsFault("health-never");
  await scene.retry(runId, "dump.oms_rm");

  // A step that only waits stops waiting; the node is not asked for anything.
  await scene.seen(runId, (now) => runs("health.hz-1")(now) && !runs("health.hz-2")(now));
  await scene.command(runId, "cancel", { stepId: "health.hz-1", reason: "known to be slow" });
  const waiting = await scene.settled(runId, "paused");
  assertTrouble(waiting, "health.hz-1", {
    code: "step.cancelled",
    message: /^Cancelled by Test Administrator \("known to be slow"\)\.$/,
    remedy: /Retry looks again/,
  });
  await scene.host.clearOmsFault("health-never");
  await scene.retry(runId, "health.hz-1");
  await scene.settled(runId, "succeeded");
  await scene.rollBack(runId);
});

/** Starts the upgrade on a product that dies where it is told to. */
async function beginToDieAt(point: string): Promise<string> {
  await scene.product.kill();
  scene.product.output = "";
  process.env.UPLIFT_CRASH_AT = point;
  await scene.product.launch();
  return scene.start(deploymentId);
}
