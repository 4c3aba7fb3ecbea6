import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, afterEach, before, test } from "node:test";
import { administrator, Product } from "#lab/product/product.ts";
import { waitUntil } from "#lab/shell.ts";
import { StepId } from "#lib/domain/ids.ts";
import { english } from "#lib/i18n/english.ts";
import type { BreakResult, HostLock, RunView } from "#lib/services/views.ts";
import { assertRefused, assertTrouble, failures, Scene } from "./trouble-scene.ts";

/** Two dashboards on the same hosts, and two processes on the same database. */
let here: Scene;
let there: Scene;
let ids: { here: string; there: string };
let original: Awaited<ReturnType<Scene["restored"]>>;

before(async () => {
  here = await Scene.open({ nodes: ["hz-1", "hz-2"], initSeconds: 2 });
  const environment = { UPLIFT_JOB_RETENTION_DAYS: "0" };
  there = await here.through(await Product.start({ environment }));
  ids = { here: await here.register(), there: await there.register() };
  original = await here.restored();
});

after(async () => {
  await there?.product.stop();
  await here?.close();
});

afterEach(async () => {
  await here.everyoneHealthy();
  assert.deepEqual(await here.restored(), original, "the deployment is not what it was");
  for (const host of here.lab.allHosts) {
    await waitUntil(`${host.name} to be free`, async () => (await holderOn(host.name)) === "");
  }
});

/** What stands in the lock of a host; nothing when nobody holds it. */
async function holderOn(name: string): Promise<string> {
  const seen = await here.lab.host(name).exec("readlink /var/lib/uplift/lock/holder");
  return seen.stdout.trim();
}

async function jobsOn(name: string, runId: string): Promise<boolean> {
  const seen = await here.lab.host(name).exec(`ls -d /var/lib/uplift/jobs/${runId}`);
  return seen.code === 0;
}

/** The rows of the audit with an action, from the product's own database. */
function auditOf(scene: Scene, action: string): { actorName: string; detail: string }[] {
  using database = new DatabaseSync(join(scene.product.dataDir, "uplift.db"), { readOnly: true });
  const rows = database.prepare("SELECT actorName, detail FROM AuditEntry WHERE action = ?");
  return rows.all(action) as { actorName: string; detail: string }[];
}

const viewOf = (scene: Scene, runId: string) => scene.product.ask<RunView>("GET", `/runs/${runId}`);
const locksOf = (scene: Scene, id: string) =>
  scene.product.ask<HostLock[]>("GET", `/deployments/${id}/locks`);

/** A run that has locked its hosts and waits at a gate. */
async function waitingRun(scene: Scene, id: string): Promise<string> {
  const runId = await scene.start(id, { gates: ["stop"] });
  assert.equal((await scene.settled(runId, "paused")).pause?.reason, "gate");
  return runId;
}

test("a second dashboard is told who holds the hosts since when, and goes on when they are free", async () => {
  const planBefore = await there.plan(ids.there);
  const began = Date.now();
  const runId = await waitingRun(here, ids.here);
  const holder = new RegExp(
    `[Hh]eld by run ${runId} of OMS .*, which ${administrator.name} started on the dashboard ${here.product.url} \\(host ${hostname()}\\), since (\\S+ \\S+) UTC\\.`,
  );

  assertRefused(await there.plan(ids.there), {
    ...{ scope: "hz-1", evidence: holder, remedy: /Wait until that run has ended/ },
  });
  const refused = await there.startPlan(planBefore);
  const state = await there.settled(refused, "paused");
  for (const name of ["hz-1", "hz-2"]) {
    assertTrouble(state, `lock.${name}`, {
      ...{ code: "lock.held", message: holder, remedy: /break the lock with a reason/, host: name },
    });
  }
  const since = holder.exec(
    english(state.steps[StepId.parse("lock.hz-1")]?.error?.message ?? ""),
  )?.[1];
  const sinceMs = Date.parse(`${since?.replace(" ", "T")}Z`);
  assert.ok(sinceMs >= began - 1_000 && sinceMs <= Date.now(), String(since));
  const begun = Object.values(state.steps).filter(({ attempt }) => attempt > 0);
  assert.deepEqual(begun.map(({ id }) => id).sort(), ["lock.hz-1", "lock.hz-2"]);
  assert.deepEqual((await here.outside()).containers, original.containers);

  await here.command(runId, "abandon", { reason: "the other dashboard does it" });
  await here.settled(runId, "abandoned");
  await waitUntil("the hosts to be free", async () => (await holderOn("hz-2")) === "");
  await there.retry(refused, "lock.hz-1", "lock.hz-2");
  await there.settled(refused, "succeeded");
  await there.rollBack(refused);
  for (const name of ["hz-1", "hz-2"]) {
    // The second dashboard keeps no jobs; the first keeps its own for a week.
    await waitUntil("its jobs to be removed", async () => !(await jobsOn(name, refused)));
  }
});

test("a lock is broken by a person, with a reason, in the audit; its run is told, and asks", async () => {
  const runId = await waitingRun(here, ids.here);
  await here.product.kill();
  const locks = await locksOf(there, ids.there);
  assert.deepEqual(
    locks.map(({ name, lock }) => [name, lock?.standing, lock?.holder?.runId]),
    [
      ["hz-1", "foreign", runId],
      ["hz-2", "foreign", runId],
    ],
  );
  const path = `/deployments/${ids.there}/locks/break`;
  const wanted = locks.map(({ nodeId, lock }) => ({ nodeId, text: lock?.text }));
  const reason = "ops-1 burnt down";
  assert.equal((await there.product.api("POST", path, { locks: wanted })).status, 400);
  const other = wanted.map(({ nodeId, text }) => ({ nodeId, text: `${text} ` }));
  const kept = await there.product.ask<BreakResult[]>("POST", path, { locks: other, reason });
  assert.deepEqual(
    kept.map(({ broken, why }) => [broken, english(why ?? "").includes(`held by run ${runId}`)]),
    [
      [false, true],
      [false, true],
    ],
  );
  const broken = await there.product.ask<BreakResult[]>("POST", path, { locks: wanted, reason });
  assert.ok(broken.every((one) => one.broken));
  assert.deepEqual(await locksOf(there, ids.there).then((all) => all.map(({ lock }) => lock)), [
    null,
    null,
  ]);
  assert.equal((await there.plan(ids.there)).passes, true);

  const rows = auditOf(there, "lock.break");
  assert.equal(rows.length, 2);
  for (const row of rows) {
    assert.equal(row.actorName, administrator.name);
    assert.partialDeepStrictEqual(JSON.parse(row.detail), {
      reason,
      locks: [{ node: "hz-1" }, { node: "hz-2" }],
    });
  }
  assert.equal(auditOf(there, "lock.not-broken").length, 1);

  // The dashboard was not gone for good: its run asks before it takes the hosts again.
  await here.product.launch();
  await here.command(runId, "approve", { stepId: "gate.stop" });
  const state = await here.settled(runId, "paused");
  assertTrouble(state, "verify-again.hz-1", {
    code: "lock.lost",
    message: new RegExp(
      `${administrator.name} broke the lock at \\S+ \\S+ UTC from the dashboard ${there.product.url} .*: ${reason}$`,
    ),
    remedy: /retry, which takes the lock again/,
  });
  assert.equal(await holderOn("hz-1"), "");
  const failed = Object.values(state.steps).filter(({ status }) => status === "failed");
  await here.retry(runId, ...failed.map(({ id }) => id));
  await here.settled(runId, "succeeded");
  await here.rollBack(runId);
});

test("a host that is away when its run ends keeps the lock, and the next run takes it over", async () => {
  const runId = await waitingRun(here, ids.here);
  const away = here.lab.host("hz-2");
  const lock = await holderOn("hz-2");
  await away.cutNetwork();
  await here.command(runId, "abandon", { reason: "hz-2 is gone" });
  await here.settled(runId, "abandoned");
  await waitUntil("hz-1 to be free", async () => (await holderOn("hz-1")) === "");
  const log = () =>
    here.product.ask<{ text: string }>("GET", `/runs/${runId}/steps/lock.hz-2/log?offset=0`);
  await waitUntil("the host to be noted", async () =>
    /could not be taken away yet/.test((await log()).text),
  );
  // What was sent into the cut cable would arrive once it is mended, and take the lock away after all.
  await away.killSshSessions();
  await away.restoreNetwork();
  assert.equal(await holderOn("hz-2"), lock);

  const plan = await here.plan(ids.here);
  const check = plan.checks.find(({ title, scope }) => title === "Lock" && scope === "hz-2");
  const seen = english(check?.evidence ?? JSON.stringify(failures(plan.checks)));
  assert.match(seen, /has ended; the next one takes the lock over/);
  assertRefused(await there.plan(ids.there), {
    ...{ scope: "hz-2", evidence: /which Test Administrator started/, remedy: /break the lock/ },
  });
  const next = await here.startPlan(plan);
  await here.settled(next, "succeeded");
  await here.rollBack(next);
});

test("a stalled process is refused by host and journal when another has taken its run over", async () => {
  const initialised = (await here.lab.metadb.initRuns()).length;
  const old = here.product;
  await old.kill();
  process.env.UPLIFT_STALL_AT = "after-started@init.hz-1";
  await old.launch();
  delete process.env.UPLIFT_STALL_AT;
  const runId = await here.start(ids.here);
  // Its step is in the journal, and nothing of it was sent: the worst moment to fall asleep.
  await waitUntil("the process to stand still", async () => stateOf(old.pid) === "T");
  const markedBefore = await generations(runId);
  const next = await old.successor();
  try {
    const scene = await here.through(next);
    await scene.seen(runId, ({ steps }) => {
      const init = steps[StepId.parse("init.hz-1")];
      return init?.attempt === 2 && init.status === "running" && init.progress !== null;
    });
    const { marks } = (await viewOf(scene, runId)).state;
    assert.deepEqual(
      await generations(runId),
      markedBefore.map((one) => one + 1),
    );
    process.kill(old.pid, "SIGCONT");
    await waitUntil("the old process to be refused", async () =>
      old.output.includes("step init.hz-1 ended with run.generation_lost"),
    );
    assert.match(old.output, /refused that the job init\.hz-1 \(attempt 1\) started: generation 2/);
    await waitUntil("the old process to leave the run alone", async () =>
      old.output.includes(`run ${runId} was interrupted`),
    );
    const done = await scene.settled(runId, "succeeded");
    assert.deepEqual([done.marks.T1], [marks.T1]);
    assert.equal((await here.lab.metadb.initRuns()).length, initialised + 1);
    assert.deepEqual(await here.lab.metadb.initDamage(), []);
    for (const host of here.lab.allHosts) {
      const { stdout } = await host.exec(
        "docker ps -a --format '{{.Names}} {{.State}}' | grep -v rolled-back | sort",
      );
      assert.equal(stdout.trim(), "oms_330 exited\noms_331 running");
    }
    await scene.rollBack(runId);
    // The old process lives, sees the run, and has not touched it again.
    const events = (await viewOf(here, runId)).state;
    assert.equal(events.status, "rolled-back");
    assert.doesNotMatch(old.output.split("was interrupted")[1] ?? "", new RegExp(`run ${runId}`));
  } finally {
    // One that stands still would not end either.
    process.kill(old.pid, "SIGCONT");
    await next.kill();
  }
});

/** The highest generation of a run that each host has seen. */
function generations(runId: string): Promise<number[]> {
  return Promise.all(
    here.lab.allHosts.map(async (host) => {
      const marks = await host.mustExec(`ls /var/lib/uplift/lock | sed -n 's/^${runId}\\.//p'`);
      return Math.max(...marks.trim().split("\n").map(Number));
    }),
  );
}

/** A process's state as the kernel calls it: `T` stands still. */
function stateOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
}
