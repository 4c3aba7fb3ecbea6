import assert from "node:assert/strict";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { after, afterEach, before, test } from "node:test";
import { Product } from "#lab/product/product.ts";
import { sleep, waitUntil } from "#lab/shell.ts";
import type { RunEvent } from "#lib/domain/events.ts";
import { hangDumps } from "./hanging-dump.ts";
import { assertRefused, assertTrouble, Scene } from "./trouble-scene.ts";

/** Disks without room that are not the dumps' (those are in trouble-dumps.test.ts). */
let scene: Scene;
let deploymentId: string;
let original: Awaited<ReturnType<Scene["restored"]>>;

before(async () => {
  const product = await Product.start({ dataDiskMegabytes: 24 });
  scene = await Scene.open({ nodes: ["hz-1", "hz-2"], loadNewImage: false }, product);
  deploymentId = await scene.register();
  original = await scene.restored();
});

after(() => scene?.close());

afterEach(async () => {
  await scene.everyoneHealthy();
  assert.deepEqual(await scene.restored(), original, "the deployment is not what it was");
});

test("no room on a node's /tmp: no plan is made", async () => {
  const { host } = scene;
  await host.limitDisk("/tmp", 4);
  await host.fillDisk("/tmp");
  assertRefused(await scene.plan(deploymentId), {
    scope: "hz-1",
    evidence: /0 MiB free in \/tmp on hz-1/,
    remedy: /Make room in \/tmp on hz-1: Docker needs it/,
  });
  await host.unlimitDisk("/tmp");
});

test("/tmp runs full in mid-run: Docker cannot start docker_init.sh; with room made the retry does", async () => {
  const { host } = scene;
  await host.limitDisk("/tmp", 64);
  const runId = await scene.start(deploymentId);
  await scene.seen(runId, ({ marks }) => marks.T1 !== undefined);
  await host.fillDisk("/tmp");
  const state = await scene.settled(runId, "paused");
  assertTrouble(state, "init.hz-1", {
    code: "init.failed",
    message: /on hz-1: "docker exec .*docker_init\.sh" ended with .*no space left on device/s,
    remedy: /Mend the cause and retry/,
  });
  assert.equal((await scene.lab.metadb.initRuns()).length, 0);
  await host.emptyDisk("/tmp");
  await scene.retry(runId, "init.hz-1");
  await scene.settled(runId, "succeeded");
  await scene.rollBack(runId);
  await host.unlimitDisk("/tmp");
});

test("no room on the dashboard's own disk: hosts are left alone until there is, then it goes on", async () => {
  const { product, lab } = scene;
  const inits = (await lab.metadb.initRuns()).length;
  const dump = await hangDumps(lab.metadb);
  const other = await hangDumps(lab.metadb, "oms_rm.oms_zero_id");
  const runId = await scene.start(deploymentId);
  await Promise.all([dump.hanging(), other.hanging()]);
  const { marks } = await scene.seen(runId, (state) => state.marks.T1 !== undefined);
  const filler = join(product.dataDir, "filler");
  await emptyWriteAheadLog();
  fillDisk(filler);
  product.output = "";
  // Now there is something to be written down.
  await other.release();
  // Though the other job has not ended: nobody waits for that with a journal that cannot be written.
  await waitUntil("the dashboard to notice", async () =>
    /run run_\w+ was interrupted.*full/.test(product.output),
  );
  await dump.release();

  // What was under way on the hosts may end; nothing is begun there.
  await sleep(2_000);
  const jobs = await jobsOnHosts(runId);
  await sleep(4_000);
  assert.deepEqual(await jobsOnHosts(runId), jobs);
  assert.ok(product.isRunning);
  assert.equal((await fetch(`${product.url}/healthz`)).status, 200);

  rmSync(filler);
  const state = await scene.settled(runId, "succeeded");
  const begun = new Set(
    (await product.ask<RunEvent[]>("GET", `/runs/${runId}/events`)).flatMap(({ body }) =>
      body.type === "step.started" ? [`${body.stepId}.${body.attempt}`] : [],
    ),
  );
  for (const job of await jobsOnHosts(runId)) {
    assert.ok(begun.has(job), `the journal does not hold ${job}`);
  }
  assert.equal((await lab.metadb.initRuns()).length, inits + 1);
  assert.deepEqual(state.marks.T1, marks.T1);
  await scene.rollBack(runId);
});

/**
 * Leaves the dashboard's SQLite no room that it has already: the file of its write-ahead log (of about
 * 4 MB after a checkpoint) is written from its start again, so a full disk would not be felt for a while.
 */
async function emptyWriteAheadLog(): Promise<void> {
  using database = new DatabaseSync(join(scene.product.dataDir, "uplift.db"));
  await waitUntil("an empty write-ahead log", async () => {
    const ended = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
    return ended?.busy === 0;
  });
}

/** Fills the disk of a file to the last byte. */
function fillDisk(file: string): void {
  const handle = openSync(file, "w");
  try {
    for (let bytes = 1024 * 1024; bytes >= 1; ) {
      try {
        if (writeSync(handle, Buffer.alloc(bytes)) === 0) break;
      } catch {
        bytes = Math.floor(bytes / 2);
      }
    }
  } finally {
    closeSync(handle);
  }
}

/** The jobs that the hosts were given for a run, as STEP.ATTEMPT. */
async function jobsOnHosts(runId: string): Promise<string[]> {
  const seen = await Promise.all(
    scene.lab.allHosts.map((host) => host.exec(`ls /var/lib/uplift/jobs/${runId} 2>/dev/null`)),
  );
  return seen
    .flatMap(({ stdout }) => stdout.split("\n"))
    .filter((name) => name !== "")
    .map(decodeURIComponent)
    .sort();
}
