import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { Product } from "#lab/product/product.ts";
import { waitUntil } from "#lab/shell.ts";
import { StepId } from "#lib/domain/ids.ts";
import type { RunState } from "#lib/domain/run.ts";
import { english } from "#lib/i18n/english.ts";
import { hangDumps } from "./hanging-dump.ts";
import { assertTrouble, Scene } from "./trouble-scene.ts";

/** Hosts, Docker and dumps that break in the middle of a step. */
let scene: Scene;
let deploymentId: string;
let initsBefore = 0;
let original: Awaited<ReturnType<Scene["restored"]>>;
const docker = "/usr/bin/docker";
const backups = "/home/admin/uplift-backups";

before(async () => {
  const product = await Product.start({ environment: { UPLIFT_HOST_PATIENCE_SECONDS: "5" } });
  scene = await Scene.open({}, product);
  deploymentId = await scene.register();
  original = await scene.restored();
});

after(() => scene?.close());

beforeEach(async () => {
  initsBefore = await completedInits();
});

afterEach(async () => {
  await scene.everyoneHealthy();
  assert.deepEqual(await scene.restored(), original, "the deployment is not what it was");
});

const step = (state: RunState, id: string) => state.steps[StepId.parse(id)];

test("a dump is killed in the middle: nothing of it counts, and the retry makes a whole one", async () => {
  const dump = await hangDumps(scene.lab.metadb);
  const runId = await scene.start(deploymentId);
  await dump.hanging();
  await scene.host.mustExec("kill -9 $(pidof mysqldump mariadb-dump)");
  const state = await scene.settled(runId, "paused");
  await dump.release();
  assertTrouble(state, "dump.oms_cm", {
    code: "dump.failed",
    message: /The dump of oms_cm on hz-1 failed: .*mysqldump exited with 137/s,
    remedy: /retry: the databases are untouched/,
  });
  const files = await scene.host.mustExec(
    `find ${backups} -newer /run/lab-booted -name 'oms_cm.sql.zst'`,
  );
  assert.equal(files, "", "half a dump has the name of a whole one");
  // Dumps that ran beside it were killed, too.
  await scene.retry(runId, ...(state.pause?.stepIds ?? []));
  await scene.settled(runId, "succeeded");
  await scene.rollBack(runId);
});

test("a host that is rebooted during a dump: its job is lost, and the dump is made anew", async () => {
  const dump = await hangDumps(scene.lab.metadb);
  const runId = await scene.start(deploymentId);
  await dump.hanging();
  const { T1 } = (await scene.seen(runId, ({ marks }) => marks.T1 !== undefined)).marks;
  await scene.host.powerCut();
  await scene.host.boot();
  await scene.host.waitForDocker();
  await dump.release();
  const state = await scene.settled(runId, "succeeded");
  assert.ok((step(state, "dump.oms_cm")?.attempt ?? 0) > 1, "the first try was taken for the dump");
  assert.deepEqual(state.marks.T1, T1);
  await scene.rollBack(runId);
});

test("a host that is rebooted during docker_init.sh: nobody claims to know how far it came", async () => {
  await scene.host.setInitSeconds(5);
  const runId = await scene.start(deploymentId);
  await initReaches(runId, 2);
  await scene.host.powerCut();
  await scene.host.boot();
  await scene.host.waitForDocker();
  const state = await scene.settled(runId, "paused");
  assert.equal(state.pause?.reason, "uncertain");
  assertTrouble(state, "init.hz-1", {
    code: "job.lost",
    message: /init\.hz-1 .* on hz-1 .* did not finish: the host was restarted while it ran/,
    remedy: /retry runs it again, "mark done" goes on, or roll back/,
  });
  await scene.host.mustExec(`docker start ${scene.newContainer}`);
  await scene.host.setInitSeconds(2);
  await scene.retry(runId, "init.hz-1");
  await scene.settled(runId, "succeeded");
  await assertInitialisedOnce();
  await scene.rollBack(runId);
});

test("dockerd is restarted during docker stop: stopped once more, T1 stays what it was", async () => {
  // The container takes no notice of docker stop, which waits; dockerd itself is not so patient.
  const freeze = `pid=$("$real" inspect -f '{{.State.Pid}}' ${scene.oldContainer}); [ "$pid" -gt 1 ] && kill -STOP "$pid"`;
  await scene.replaceTool(
    docker,
    `case " $* " in *" stop "*) if mkdir /run/lab-frozen 2>/dev/null; then ${freeze}; fi ;; esac\nexec "$real" "$@"`,
  );
  const runId = await scene.start(deploymentId);
  const { T1 } = (await scene.seen(runId, ({ marks }) => marks.T1 !== undefined)).marks;
  await waitUntil(
    "the container to be frozen",
    async () => (await scene.host.exec("test -d /run/lab-frozen")).code === 0,
  );
  await scene.host.stopDocker();
  await scene.host.startDocker();
  const state = await scene.seen(
    runId,
    (seen) => seen.status === "paused" || step(seen, "stop.hz-1")?.status === "succeeded",
  );
  await scene.restoreTool(docker);
  if (state.status === "paused") await scene.retry(runId, "stop.hz-1");
  const done = await scene.settled(runId, "succeeded");
  assert.deepEqual(done.marks.T1, T1);
  await scene.rollBack(runId);
});

test("dockerd is restarted during docker run: the container that was created is started, no second one comes", async () => {
  const plan = await scene.plan(deploymentId);
  // As when dockerd dies between creating a container and starting it.
  await scene.replaceTool(
    docker,
    `[ "$1" = run ] || exec "$real" "$@"
shift; "$real" create "\${@/#-dit/-it}"; touch /run/lab-created
while [ ! -e /run/lab-docker-is-back ]; do sleep 0.1; done; echo "error during connect: EOF" >&2; exit 125`,
  );
  const runId = await scene.startPlan(plan);
  await waitUntil("the container to be created", async () => {
    return (await scene.host.exec("test -e /run/lab-created")).code === 0;
  });
  await scene.host.stopDocker();
  await scene.host.startDocker();
  await scene.host.mustExec("touch /run/lab-docker-is-back");
  const state = await scene.settled(runId, "paused");
  assertTrouble(state, "start.hz-1", {
    code: "command.failed",
    message:
      /The new container could not be started on hz-1: .*exit code 125: error during connect: EOF/s,
    remedy: /retry, or roll back: nothing but this container is new/,
  });
  const id = (
    await scene.host.mustExec(`docker inspect -f '{{.Id}}' ${scene.newContainer}`)
  ).trim();
  await scene.retry(runId, "start.hz-1");
  const done = await scene.settled(runId, "succeeded");
  assert.deepEqual(step(done, "start.hz-1")?.output, { containerId: id });
  const { stdout } = await scene.host.exec("docker ps -aq --filter label=uplift.plan | wc -l");
  assert.equal(
    Number(stdout),
    1 + retired(await scene.host.mustExec("docker ps -a --format '{{.Names}}'")),
  );
  await scene.restoreTool(docker);
  await scene.rollBack(runId);
});

test("a docker run that hangs while the host is away makes no container once the rollback has looked", async () => {
  const plan = await scene.plan(deploymentId);
  await scene.replaceTool(
    docker,
    `[ "$1" = run ] || exec "$real" "$@"
touch /run/lab-running; while [ ! -e /run/lab-go ]; do sleep 0.1; done; exec "$real" "$@"`,
  );
  const runId = await scene.startPlan(plan);
  await waitUntil("docker run to begin", async () => {
    return (await scene.host.exec("test -e /run/lab-running")).code === 0;
  });
  // The rehearsals beside it would wait for the host, too, and the run for them.
  await scene.seen(runId, ({ steps }) => {
    const running = Object.values(steps).filter(({ status }) => status === "running");
    return running.every(({ id }) => id === "start.hz-1");
  });
  await scene.host.cutNetwork();
  await scene.seen(runId, ({ unreachable }) => Object.keys(unreachable).length > 0);
  await scene.command(runId, "cancel", { stepId: "start.hz-1", reason: "hz-1 is gone" });
  const state = await scene.settled(runId, "paused");
  assert.equal(step(state, "start.hz-1")?.status, "uncertain");
  await scene.host.restoreNetwork();
  await scene.rollBack(runId);
  // Whoever still waited for this would make the new container now.
  await scene.host.mustExec("touch /run/lab-go");
  await waitUntil("nobody to wait for Docker any more", async () => {
    return (await scene.host.exec("pgrep -f 'hidden-by-the-lab run'")).code !== 0;
  });
  const names = await scene.host.mustExec("docker ps -a --format '{{.Names}}'");
  assert.ok(!names.split("\n").includes(scene.newContainer), names);
  await scene.restoreTool(docker);
});

test("dockerd is restarted during docker_init.sh: the container is down, and the retry runs it again", async () => {
  await scene.host.setInitSeconds(5);
  const runId = await scene.start(deploymentId);
  await initReaches(runId, 2);
  await scene.host.stopDocker();
  await scene.host.startDocker();
  const state = await scene.settled(runId, "paused");
  const { error } = step(state, "init.hz-1") ?? {};
  assert.match(error?.code ?? "", /^(container\.exited|docker\.unresponsive)$/);
  await scene.host.mustExec(`docker start ${scene.newContainer}`);
  await scene.host.setInitSeconds(2);
  await scene.retry(runId, "init.hz-1");
  await scene.settled(runId, "succeeded");
  await assertInitialisedOnce();
  await scene.rollBack(runId);
});

test("a host whose clock is two hours off: T1 and T2 by the dashboard's clock, with the skew", async () => {
  const skewMs = 2 * 3_600_000;
  await scene.host.setClockSkew(skewMs / 1000);
  const from = Date.now();
  const plan = await scene.plan(deploymentId);
  const clock = plan.checks.find(({ title, scope }) => title === "Clock" && scope === "hz-1");
  assert.equal(clock?.result, "warning");
  assert.match(english(clock?.evidence ?? ""), /720\d\.\d s ahead of this dashboard/);
  const runId = await scene.startPlan(plan);
  const state = await scene.settled(runId, "succeeded");
  const { T1, T2 } = state.marks;
  for (const mark of [T1, T2]) {
    assert.ok(mark);
    assert.ok(Math.abs(mark.skewMs - skewMs) < 3_000, `a skew of ${mark.skewMs} ms`);
    // Each is rounded to the millisecond by itself.
    const apart = Date.parse(mark.hostTime) - Date.parse(mark.time);
    assert.ok(Math.abs(apart - mark.skewMs) <= 1, `${apart} ms apart`);
    assert.ok(Date.parse(mark.time) > from && Date.parse(mark.time) < Date.now(), mark.time);
  }
  // An outage of less than a minute and the margin of half an hour, whatever the host's clock says.
  assert.equal((await scene.haConfig()).refetchStoreIntervalMin, 31);

  // The clock is set right while the new version runs: the way back still reaches behind T1.
  await scene.host.setClockSkew(0);
  const { state: back } = await scene.rollBack(runId);
  assert.ok(Number((await scene.haConfig()).refetchStoreIntervalMin) >= 31);
  assert.ok(Number((await scene.haConfig()).refetchStoreIntervalMin) <= 33);
  const { T3, HA_BACK } = back.marks;
  assert.ok(T1 && T3 && HA_BACK && T1.time < T3.time && T3.time < HA_BACK.time);
});

async function initReaches(runId: string, number: number): Promise<void> {
  await scene.seen(runId, (state) => (step(state, "init.hz-1")?.progress?.current ?? 0) >= number);
}

/** Another one has completed, however many were begun, and no two ran at once. */
async function assertInitialisedOnce(): Promise<void> {
  assert.equal((await completedInits()) - initsBefore, 1);
  assert.deepEqual(await scene.lab.metadb.initDamage(), []);
}

async function completedInits(): Promise<number> {
  const runs = await scene.lab.metadb.initRuns();
  return runs.filter(({ status }) => status === "succeeded").length;
}

const retired = (names: string) =>
  names.split("\n").filter((name) => name.includes("-rolled-back-")).length;
