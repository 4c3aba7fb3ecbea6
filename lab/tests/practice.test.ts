import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { startRollback } from "#lab/product/journey.ts";
import { waitUntil } from "#lab/shell.ts";
import type { Backup } from "#lib/domain/backup.ts";
import { RunId, StepId } from "#lib/domain/ids.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { OutageEstimate } from "#lib/domain/run-view/outage-estimate.ts";
import { placeOf } from "#lib/remote/job-names.ts";
import type { BackupRow, RunRow } from "#lib/services/views.ts";
import { assertTrouble, dumpsOnly, Scene } from "./trouble-scene.ts";

/** The dumps of an upgrade for practice, while OMS runs on real hosts: it learns, and touches nothing. */
let scene: Scene;
let deploymentId: string;
let untouched: Awaited<ReturnType<typeof outside>>;
const mysqldump = "/usr/bin/mysqldump";

const backups = "/home/admin/uplift-backups";

before(async () => {
  scene = await Scene.open({ nodes: ["hz-1", "hz-2"], initSeconds: 2 });
  deploymentId = await scene.register();
  untouched = await outside();
});

after(() => scene?.close());

afterEach(async () => {
  await scene.everyoneHealthy();
  assert.deepEqual(await outside(), untouched, "a practice has touched something");
  const scratch = await scene.lab.metadb.query("show databases like 'uplift%'");
  assert.deepEqual(scratch, [], "a scratch database was left");
  for (const host of scene.lab.allHosts) {
    await waitUntil(`${host.name} to be free`, async () => {
      return (await host.exec("test -L /var/lib/uplift/lock/holder")).code !== 0;
    });
  }
});

/** All that an upgrade may touch, and since when each container has run without a break. */
async function outside() {
  const running: Record<string, string> = {};
  for (const host of scene.lab.allHosts) {
    const seen = await host.mustExec(
      `docker inspect -f '{{.State.StartedAt}} {{.RestartCount}}' ${scene.oldContainer}`,
    );
    running[host.name] = seen.trim();
  }
  const { version, revision } = await scene.product.ask<{ version: string; revision: number }>(
    "GET",
    `/deployments/${deploymentId}`,
  );
  return { ...(await scene.outside()), running, version, revision };
}

async function heartbeats(): Promise<number> {
  const [row] = await scene.lab.metadb.query(
    "select max(id) as newest from oms_cm_heartbeat_1.heatbeat_sequence",
  );
  return Number(row?.newest);
}

const practise = (body?: object) =>
  scene.product.api("POST", `/deployments/${deploymentId}/practices`, body);

async function started(body?: object): Promise<string> {
  const answer = await practise(body);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return (answer.body as { id: string }).id;
}

/** Works while the dumps of both nodes go through a script; its `$real` is the real program. */
async function withDumps(body: string, work: (mend: () => Promise<void>) => Promise<void>) {
  let spoilt = true;
  const mend = async () => {
    if (!spoilt) return;
    spoilt = false;
    for (const host of scene.lab.allHosts) await scene.restoreTool(mysqldump, host);
  };
  for (const host of scene.lab.allHosts) {
    await scene.replaceTool(mysqldump, `${dumpsOnly}${body}`, host);
  }
  await work(mend).finally(mend);
}

const attempts = (state: RunState, stepId: string) => state.steps[StepId.parse(stepId)]?.attempt;

async function problem(answer: { status: number; body: unknown }) {
  assert.equal(answer.status, 409, JSON.stringify(answer.body));
  return answer.body as { code: string; detail: string; remedy: string };
}

/** The files of a dump on its host: mode, owner and SHA-256 as they are there. */
async function assertOnHost(row: BackupRow): Promise<void> {
  const { data, objects } = row.backup;
  for (const file of [data, ...(objects ? [objects] : [])]) {
    const host = scene.lab.host(row.nodeName);
    const seen = await host.mustExec(`stat -c '%a %U %s' ${file.path} && sha256sum < ${file.path}`);
    assert.match(seen, new RegExp(`^600 root ${file.bytes}\n${file.sha256} `), file.path);
  }
}

test("dumps, proves and rehearses while OMS runs, and the estimate of an upgrade rests on it", async () => {
  const reviewed = await scene.plan(deploymentId);
  const assumed = await estimateOf(reviewed.id);
  assert.ok(partOf(assumed, "backup").sources.some(({ from }) => from === "assumed"));

  const before = await heartbeats();
  const runId = await started();
  const state = await scene.settled(runId, "succeeded");
  assert.ok((await heartbeats()) > before, "no heartbeat was written meanwhile");
  assert.deepEqual(state.marks, {});
  assert.equal(state.purpose, "practice");

  const rows = await scene.product.ask<BackupRow[]>("GET", `/backups?deployment=${deploymentId}`);
  assert.deepEqual(rows.map(({ backup }) => backup.key).sort(), ["cm", "heartbeat-0", "rm"]);
  for (const row of rows) {
    const { backup, retention } = row;
    assert.ok(backup.live && backup.proven && backup.rehearsed, JSON.stringify(backup));
    assert.ok((backup.manifest?.tables.length ?? 0) > 0);
    assert.notEqual(retention?.keep, "needed");
    await assertOnHost(row);
  }
  assertHonest(
    state,
    rows.map(({ backup }) => backup),
  );

  const list = await scene.product.ask<RunRow[]>("GET", "/runs");
  assert.equal(list.find(({ id }) => id === runId)?.purpose, "practice");

  // The plan that was reviewed before is as good as it was, and its estimate is measured now.
  const measured = await estimateOf(reviewed.id);
  const from = { from: "practice", at: state.createdAt } as const;
  assert.deepEqual(partOf(measured, "backup").sources, [from]);
  assert.deepEqual(partOf(measured, "rehearse").sources, [from]);
  assert.equal(
    measured.parts.reduce((sum, { ms }) => sum + ms, 0),
    measured.outageMs,
  );
  const took = (id: string) => {
    const step = state.steps[StepId.parse(id)];
    return Date.parse(step?.endedAt ?? "") - Date.parse(step?.startedAt ?? "");
  };
  const backups = rows.map(
    ({ backup: { database } }) => took(`dump.${database}`) + took(`prove.${database}`),
  );
  assert.ok(backups.includes(partOf(measured, "backup").ms), JSON.stringify({ measured, backups }));
  await scene.command(runId, "rollback").then(
    () => assert.fail("a practice was rolled back"),
    (error: Error) => assert.match(error.message, /nothing to roll back/),
  );
});

/** What OMS has written since the dump is said, and only of tables that it writes. */
function assertHonest(state: RunState, made: readonly Backup[]): void {
  const output = state.steps[StepId.parse("rehearse.oms_cm_heartbeat_1")]?.output;
  const { moved } = output as { moved: string[] };
  for (const one of moved) assert.match(one, /^table (heatbeat_sequence|cm_node) has /);
  const rm = state.steps[StepId.parse("rehearse.oms_rm")]?.output as { moved: string[] };
  assert.deepEqual(rm.moved, []);
  assert.equal(made.filter(({ rehearsed }) => rehearsed).length, made.length);
}

const estimateOf = (planId: string) =>
  scene.product.ask<OutageEstimate>("GET", `/plans/${planId}/estimate`);

function partOf({ parts, beside }: OutageEstimate, phase: string) {
  const found = [...parts, ...beside].find((part) => part.phase === phase);
  assert.ok(found, `no part ${phase}: ${JSON.stringify({ parts, beside })}`);
  return found;
}

test("the dashboard dies in the middle of a dump: the practice goes on under the same attempt", async () => {
  await withDumps('sleep 6; exec "$real" "$@"', async () => {
    const runId = await started();
    await scene.seen(runId, (state) => attempts(state, "dump.oms_rm") === 1);
    const key = { run: RunId.parse(runId), step: StepId.parse("dump.oms_rm"), attempt: 1 };
    const { run, job } = placeOf("/var/lib/uplift/jobs", key);
    await waitUntil("the dump's job", async () => {
      const claimed = `readlink '/var/lib/uplift/jobs/${run}/${job}/started'`;
      return (await scene.host.exec(claimed)).code === 0;
    });
    await scene.product.kill();
    await scene.product.launch();
    const state = await scene.settled(runId, "succeeded");
    assert.equal(attempts(state, "dump.oms_rm"), 1);
  });
});

test("a cancelled practice is given up, and leaves nothing running", async () => {
  const dumps = ["dump.oms_rm", "dump.oms_cm", "dump.oms_cm_heartbeat_1"];
  await withDumps('sleep 300; exec "$real" "$@"', async () => {
    const runId = await started({ rehearse: false });
    const under = await scene.seen(runId, (state) =>
      dumps.every((id) => state.steps[StepId.parse(id)]?.status === "running"),
    );
    assert.ok(!under.stepIds.some((id) => id.startsWith("rehearse.")));
    for (const stepId of dumps) {
      await scene.command(runId, "cancel", { stepId, reason: "not now" });
    }
    const state = await scene.settled(runId, "paused");
    for (const id of dumps) {
      assert.equal(state.steps[StepId.parse(id)]?.error?.code, "step.cancelled", id);
    }
    await scene.command(runId, "abandon", { reason: "not now" });
    await scene.settled(runId, "abandoned");
    for (const host of scene.lab.allHosts) {
      assert.notEqual((await host.exec("pgrep -f '[s]leep 300'")).code, 0, `${host.name} dumps on`);
    }
  });
});

test("without a right, or without room, it is not begun, and says what is missing where", async () => {
  const grant = "on `oms\\_cm`.*";
  await scene.lab.metadb.query(`revoke lock tables, select ${grant} from 'oms_meta@site#1'@'%'`);
  const rights = await problem(await practise());
  assert.equal(rights.code, "plan.blocked");
  assert.match(rights.detail, /Rights \(10\.77\.\d+\.\d+:3306\): Missing: .*SELECT on oms_cm/);
  assert.match(rights.remedy, /Grant the missing rights/);
  await scene.lab.metadb.query(`grant lock tables, select ${grant} to 'oms_meta@site#1'@'%'`);

  await scene.host.limitDisk(backups, 8);
  await scene.host.fillDisk(backups);
  const room = await problem(await practise());
  assert.match(room.detail, /Disk for backups \(hz-1\): 0\.0 MiB free for .* on hz-1/);
  assert.match(room.remedy, /Make room on the filesystem/);
  await scene.host.mustExec(`umount ${backups}`);
});

test("a dump that fails pauses it with the reason; a retry after the remedy ends it well", async () => {
  const fails = 'echo "mysqldump: Got error: 1142: SELECT command denied" >&2; exit 2';
  await withDumps(fails, async (mend) => {
    const runId = await started();
    const state = await scene.settled(runId, "paused");
    const troubled = state.pause?.stepIds ?? [];
    assert.ok(troubled.length > 0);
    for (const id of troubled) {
      assertTrouble(state, id, {
        code: "dump.failed",
        message: /The dump of oms_\w+ on hz-\d failed: .*1142.*/s,
        remedy: /the databases are untouched/,
      });
    }
    await mend();
    await scene.retry(runId, ...troubled);
    await scene.settled(runId, "succeeded");
  });
});

test("one run at a time: no practice beside an upgrade, no upgrade beside a practice", async () => {
  const waiting = await scene.start(deploymentId, { gates: ["stop"] });
  await scene.settled(waiting, "paused");
  assert.equal((await problem(await practise())).code, "run.active_exists");
  await scene.command(waiting, "abandon", { reason: "practise first" });
  await scene.settled(waiting, "abandoned");

  await withDumps('sleep 5; exec "$real" "$@"', async () => {
    const plan = await scene.plan(deploymentId);
    const runId = await started();
    const body = { planId: plan.id, planHash: plan.hash };
    const refused = await problem(await scene.product.api("POST", "/runs", body));
    assert.equal(refused.code, "run.active_exists");
    await scene.settled(runId, "succeeded");
  });
});

test("it stands in no rollback's way, and its backups are needed by none", async () => {
  const upgrade = await scene.start(deploymentId);
  await scene.settled(upgrade, "succeeded");
  const runId = await started();
  await scene.settled(runId, "succeeded");
  const rows = await scene.product.ask<BackupRow[]>("GET", `/backups?deployment=${deploymentId}`);
  const keeps = (id: string) =>
    new Set(rows.filter((row) => row.runId === id).map(({ retention }) => retention?.keep));
  assert.deepEqual([...keeps(upgrade)], ["needed"]);
  assert.equal(keeps(runId).has("needed"), false);
  const plan = await startRollback(scene.product, upgrade);
  assert.equal(plan.plan?.undoes?.runId, upgrade);
  await scene.settled(upgrade, "rolled-back");
  // A rollback restarts the containers, writes the interval of ha.config and counts revisions.
  untouched = await outside();
});
