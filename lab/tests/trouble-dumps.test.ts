import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { assertTrouble, dumpsOnly, Scene } from "./trouble-scene.ts";

/** Trouble just before T1 and with the dumps: nothing is lost, no database is touched. */
let scene: Scene;
let deploymentId: string;
let untouched: Awaited<ReturnType<Scene["outside"]>>;
let before_: Awaited<ReturnType<Scene["restored"]>>;
const backups = "/home/admin/uplift-backups";
const mysqldump = "/usr/bin/mysqldump";

before(async () => {
  scene = await Scene.open();
  deploymentId = await scene.register();
  untouched = await scene.outside();
  before_ = await scene.restored();
});

after(() => scene?.close());

afterEach(async () => {
  await scene.everyoneHealthy();
  assert.deepEqual(await scene.restored(), before_, "the deployment is not what it was");
});

test("a change between plan and start pauses the run before HA is touched; abandoning frees", async () => {
  const plan = await scene.plan(deploymentId);
  await scene.host.mustExec("echo '# one more line' >> /data/config.yaml");
  const runId = await scene.startPlan(plan);
  const state = await scene.settled(runId, "paused");
  assertTrouble(state, "verify.hz-1", {
    code: "config.changed",
    message: /\/data\/config\.yaml on hz-1 has changed since the plan was made/,
    remedy: /Make a new plan/,
  });
  assert.deepEqual(state.marks, {});
  assert.deepEqual(await scene.outside(), untouched);
  await assertSecondStartRefused();

  // There is nothing to undo, and the run says so.
  const rollback = await scene.product.api("POST", `/runs/${runId}/rollback-plans`);
  assert.equal((rollback.body as { code: string }).code, "plan.blocked");
  await scene.command(runId, "abandon", { reason: "a new plan is needed" });
  await scene.settled(runId, "abandoned");
  assert.deepEqual(await scene.outside(), untouched);
});

async function assertSecondStartRefused(): Promise<void> {
  const plan = await scene.plan(deploymentId);
  const body = { planId: plan.id, planHash: plan.hash };
  const answer = await scene.product.api("POST", "/runs", body);
  assert.equal(answer.status, 409);
  const problem = answer.body as { code: string; detail: string; remedy: string };
  assert.equal(problem.code, "run.active_exists");
  assert.match(problem.remedy, /Wait until it has ended, or abandon it/);
}

test("dumps that are empty, cut short or fail pause the run; a retry goes on from there", async () => {
  const plan = await scene.plan(deploymentId);
  await scene.replaceTool(mysqldump, `${dumpsOnly}cat >/dev/null; exit 0`);
  const runId = await scene.startPlan(plan);
  let troubled: string[] = [];

  await pausedBy("dump.empty", {
    message: /The dump of oms_\w+ on hz-1 is empty: the dump \/home\/admin\/.*\.sql\.zst is empty/,
    remedy: /retry: the databases are untouched/,
  });

  await again(`${dumpsOnly}"$real" "$@" | head -n -3`);
  await pausedBy("dump.cut_short", {
    message: /The dump of oms_\w+ on hz-1 was cut short: .*lacks its closing line/s,
    remedy: /retry: the databases are untouched/,
  });

  const fails = 'echo "mysqldump: Got error: 1317: Query execution was interrupted" >&2; exit 3';
  await again(`${dumpsOnly}"$real" "$@" | head -c 5000; ${fails}`);
  await pausedBy("dump.failed", {
    message: /The dump of oms_\w+ on hz-1 failed: .*1317.*mysqldump exited with 3/s,
    remedy: /retry: the databases are untouched/,
  });

  // Whole files that do not hold the whole database: the count of tables tells.
  await again(`${dumpsOnly}"$real" "$@" | sed 's/^CREATE TABLE /-- &/'`);
  await pausedBy("dump.cut_short", {
    message: /The dump of oms_\w+ on hz-1 holds 0 tables; the database has \d+/,
    remedy: /Retry the dump/,
  });
  assert.equal((await scene.lab.metadb.initRuns()).length, 0);
  const { plan: rollback } = await scene.rollBack(runId);
  assert.match(rollback.plan?.summary.join(" ") ?? "", /no database is dropped/);
  await scene.restoreTool(mysqldump);

  async function again(body: string): Promise<void> {
    await scene.restoreTool(mysqldump);
    await scene.replaceTool(mysqldump, body);
    await scene.retry(runId, ...troubled);
  }

  /** Steps in flight end, nothing new begins: those that were dumping are in trouble, all alike. */
  async function pausedBy(code: string, said: { message: RegExp; remedy: RegExp }): Promise<void> {
    const state = await scene.settled(runId, "paused");
    assert.ok(state.marks.T1);
    troubled = state.pause?.stepIds ?? [];
    assert.ok(troubled.length > 0);
    for (const stepId of troubled) assertTrouble(state, stepId, { code, ...said });
    assert.deepEqual(
      state.backups.filter(({ proven }) => proven),
      [],
    );
    assert.deepEqual((await scene.outside()).tables, before_.tables);
  }
});

test("no room for the dumps: with room made, the retry goes on to the end", async () => {
  await scene.host.limitDisk(backups, 200);
  const plan = await scene.plan(deploymentId);
  await scene.replaceTool(
    mysqldump,
    `${dumpsOnly}dd if=/dev/zero of=${backups}/.lab-filler bs=1M 2>/dev/null; exec "$real" "$@"`,
  );
  const runId = await scene.startPlan(plan);
  const full = await scene.settled(runId, "paused");
  const troubled = full.pause?.stepIds ?? [];
  assert.ok(troubled.length > 0);
  for (const step of troubled) {
    assertTrouble(full, step, {
      code: "dump.disk_full",
      message: /The dump of oms_\w+ on hz-1 found no room on the disk: .*(errno 28|No space left)/s,
      remedy: /Make room on hz-1, then retry: the databases are untouched/,
    });
  }
  assert.equal((await scene.lab.metadb.initRuns()).length, 0);

  await scene.restoreTool(mysqldump);
  await scene.host.emptyDisk(backups);
  await scene.retry(runId, ...troubled);
  await scene.settled(runId, "succeeded");
  assert.equal((await scene.lab.metadb.initRuns()).length, 1);
  const { plan: rollback } = await scene.rollBack(runId);
  assert.match(rollback.plan?.summary.join(" ") ?? "", /restores 3 databases/);
  await scene.host.unlimitDisk(backups);
});
