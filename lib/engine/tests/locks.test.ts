import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { replay } from "#lib/domain/apply-event.ts";
import { type RunId, RunId as RunIdSchema, SecretId, StepId } from "#lib/domain/ids.ts";
import { InstallationId, type LockHolder, type LockStanding } from "#lib/domain/lock.ts";
import type { RunState } from "#lib/domain/run.ts";
import { Secret } from "#lib/domain/secret.ts";
import type { Step } from "#lib/domain/step.ts";
import { withoutTls } from "#lib/domain/tls.ts";
import { english } from "#lib/i18n/english.ts";
import type { SqlSession } from "#lib/metadb/types.ts";
import { lockText } from "#lib/remote/lock-text.ts";
import { enqueueCommand } from "#lib/store/commands.ts";
import { createRun } from "#lib/store/create-run.ts";
import { prismaStore } from "#lib/store/store.ts";
import {
  ada,
  type Seed,
  seedDeployment,
  seedSteps,
  temporaryStore,
} from "#lib/store/tests/fixtures.ts";
import type { Leftovers } from "#lib/store/types.ts";
import { Engine } from "../engine.ts";
import type { EngineOptions } from "../ports.ts";
import { LockableHost } from "./lockable-host.ts";

let close: () => Promise<void>;
// One for each test: a janitor looks after all runs that it finds.
beforeEach(async () => {
  close = await temporaryStore();
});
afterEach(() => close());

const ours = {
  installation: InstallationId.parse("ins_000000000000"),
  ...{ host: "ops-1", url: "http://ops-1:3000" },
};
const theirs: LockHolder = {
  dashboard: {
    installation: InstallationId.parse("ins_111111111111"),
    ...{ host: "ops-2", url: "http://ops-2:3000" },
  },
  runId: RunIdSchema.parse("run_theirs000000"),
  ...{ deployment: "OMS Hangzhou", startedBy: "Han Mei", since: "2026-11-24T03:52:50.000Z" },
};

const shape = { hop: null, timeoutMs: 60_000, quietMs: 1_000, commands: [], changes: "", undo: "" };
const lockId = StepId.parse("lock.hz-1");
const lastId = StepId.parse("last");

/** The lock of the one node, and behind it a command on it. */
function commandPlan({ nodeId }: Seed): Step[] {
  const scope = { type: "host", nodeId } as const;
  return [
    {
      ...shape,
      id: lockId,
      kind: "node.lock",
      phase: "verify",
      scope,
      params: { nodeId },
      after: [],
    },
    {
      ...{ ...shape, id: lastId, kind: "console.restart", phase: "ha-on", scope },
      ...{ params: { nodeId, containerName: "oms_331" }, after: [lockId] },
    },
  ];
}

/** The same with a statement that changes rows. */
function sqlPlan(seed: Seed): Step[] {
  const [lock] = commandPlan(seed);
  const passwordId = SecretId.parse("sec_000000000000");
  const server = { host: "10.0.0.9", port: 2883, user: "root", passwordId, tls: withoutTls };
  const database = { type: "database", database: "hb", nodeId: null } as const;
  return [
    lock as Step,
    {
      ...{ ...shape, id: lastId, kind: "heartbeat.prune", phase: "prune", scope: database },
      ...{ params: { route: { server, via: seed.nodeId }, database: "hb" }, after: [lockId] },
    },
  ];
}

/** So often something is looked for before it counts as missing: for a minute. */
const looks = 3_000;

interface World {
  host?: LockableHost;
  steps?: (seed: Seed) => Step[];
  standing?: LockStanding;
  options?: Partial<EngineOptions>;
  now?: () => number;
}

/** A run on an engine of its own. */
async function begin({
  host = new LockableHost("hz-1"),
  steps = commandPlan,
  standing = "foreign",
  options = {},
  now = Date.now,
}: World = {}) {
  const seed = await seedDeployment();
  const { plan, hash } = await seedSteps(seed, steps(seed));
  const runId = await createRun({ planId: plan.id, planHash: hash, actor: ada });
  const store = prismaStore();
  const statements: string[] = [];
  const reports: string[] = [];
  let rounds = 0;
  const leftovers: Leftovers = {
    due: (query) => {
      rounds += 1;
      return store.leftovers.due(query);
    },
    settle: (...about) => store.leftovers.settle(...about),
  };
  const start = (worker: string) => {
    const session: SqlSession = {
      server: { family: "mariadb", release: [10, 11, 6], version: "10.11.6-MariaDB" },
      query: async () => [{ id: "9", total: "5" }],
      execute: async (sql: string) => statements.push(sql),
      transaction: <T>(work: () => Promise<T>) => work(),
      close: async () => undefined,
    };
    const engine = new Engine(
      {
        ...{ ...store, leftovers },
        ...{ host: async () => host.remote, secret: async () => new Secret("unused") },
        ...{ dashboard: async () => ours, lockStanding: async () => standing },
        otherDeployments: async () => [],
        ...{ connectSql: async () => session, onWanted: () => () => undefined, now },
        report: (message) => reports.push(message),
      },
      { worker, pollMs: 20, patienceMs: 50, ...options },
    );
    engine.start();
    return engine;
  };
  const engines = [start("one")];
  const state = async () => replay(await store.journal.read(runId))!;
  return {
    ...{ host, seed, runId, statements, reports, state },
    /** How often the engines looked for what ended runs have left. */
    rounds: () => rounds,
    anotherEngine: () => engines.push(start("two")),
    retry: (stepId: StepId) =>
      enqueueCommand({
        ...{ runId, kind: "retry", stepId, reason: null, planId: null, planHash: null },
        actor: ada,
      }),
    async until(holds: (state: RunState) => boolean): Promise<RunState> {
      for (let tries = 0; tries < looks; tries += 1) {
        const seen = await state();
        if (holds(seen)) return seen;
        await sleep(20);
      }
      return assert.fail(`waited in vain: ${JSON.stringify(await store.journal.read(runId))}`);
    },
    async logOf(stepId: StepId) {
      return (await store.log.readStep(runId, stepId, 0, 10_000)).text;
    },
    async [Symbol.asyncDispose]() {
      for (const engine of engines) await engine.stop();
    },
  };
}

const ended = (state: RunState) => state.endedAt !== null;
const paused = (state: RunState) => state.status === "paused";
const errorOf = (state: RunState, id: StepId) => state.steps[id]?.error;

async function soon(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < looks; tries += 1) {
    if (await condition()) return;
    await sleep(20);
  }
  assert.fail("it did not happen");
}

test("a run locks its hosts, works under the lock, and lets go at its end", async () => {
  await using run = await begin();
  const seen: (string | null)[] = [];
  run.host.meanwhile = async () => void seen.push(run.host.holder);
  const state = await run.until(ended);
  assert.equal(state.status, "succeeded");
  assert.match(seen[0] ?? "", new RegExp(`^ins_000000000000 ${run.runId} .*"by":"Ada"`));
  assert.deepEqual(run.host.done, ["docker exec oms_331 supervisorctl restart oms_console"]);
  await soon(() => run.host.holder === null);
  const commands = state.steps[lockId]?.commands.map(({ command }) => command) ?? [];
  assert.equal(commands[0], "mkdir -p /var/lib/uplift/lock");
  assert.match(
    commands[1] ?? "",
    /^ln -s 'ins_000000000000 run_.*' \/var\/lib\/uplift\/lock\/holder$/,
  );
});

test("a host that another dashboard holds pauses the run before anything is done", async () => {
  const host = new LockableHost("hz-1");
  host.holder = lockText(theirs);
  await using run = await begin({ host });
  const error = errorOf(await run.until(paused), lockId);
  assert.equal(error?.code, "lock.held");
  assert.match(
    english(error.message),
    /^hz-1 is locked\. It is held by run run_theirs000000 of OMS Hangzhou, which Han Mei started on the dashboard http:\/\/ops-2:3000 \(host ops-2\), since 2026-11-24 03:52:50 UTC\.$/,
  );
  assert.deepEqual(host.done, []);
  assert.equal(host.holder, lockText(theirs));
  host.holder = null;
  await run.retry(lockId);
  assert.equal((await run.until(ended)).status, "succeeded");
});

test("what an ended run of this dashboard has left is taken over; what a running one holds is not", async () => {
  for (const standing of ["own-ended", "own-active"] as const) {
    const host = new LockableHost("hz-1");
    host.holder = lockText({ ...theirs, dashboard: ours });
    await using run = await begin({ host, standing });
    const state = await run.until((now) => paused(now) || ended(now));
    assert.equal(state.status, standing === "own-ended" ? "succeeded" : "paused");
    assert.equal(errorOf(state, lockId)?.code, standing === "own-ended" ? undefined : "lock.held");
  }
});

test("a broken lock stops the run at the next command; only a person makes it take the lock again", async () => {
  await using run = await begin();
  run.host.meanwhile = async () => {
    run.host.holder = null;
  };
  const state = await run.until(paused);
  assert.equal(errorOf(state, lastId)?.code, "lock.lost");
  assert.deepEqual(run.host.done, []);
  assert.equal(run.host.holder, null, "nothing takes it by itself");
  await run.retry(lastId);
  assert.equal((await run.until(ended)).status, "succeeded");
  assert.equal(run.host.done.length, 1);
});

test("no statement is sent once the lock is gone", async () => {
  const host = new LockableHost("hz-1");
  host.meanwhile = async () => {
    host.holder = lockText(theirs);
  };
  await using run = await begin({ host, steps: sqlPlan });
  const state = await run.until(paused);
  assert.equal(errorOf(state, lastId)?.code, "lock.held");
  assert.deepEqual(run.statements, []);
});

test("no statement is sent once another engine has the run", async () => {
  const host = new LockableHost("hz-1");
  let runId: RunId | undefined;
  host.meanwhile = async () => {
    if (runId) await prismaStore().queue.claim(runId, "thief");
  };
  await using run = await begin({ host, steps: sqlPlan });
  runId = run.runId;
  await soon(() => run.reports.includes(`run ${run.runId} was interrupted`));
  assert.deepEqual(run.statements, []);
});

test("an engine whose run was taken over is refused by the host, stops, and takes nothing back", async () => {
  await using run = await begin();
  const { promise: go, resolve } = Promise.withResolvers<void>();
  const stalled = Promise.withResolvers<void>();
  run.host.meanwhile = async () => {
    stalled.resolve();
    await go;
  };
  await stalled.promise;
  run.anotherEngine();
  assert.equal((await run.until(ended)).status, "succeeded");
  const { generation } = run.host.mark ?? {};
  assert.deepEqual([generation, run.host.done.length], [2, 1]);
  // The host is free again by now; the old process has no business there all the same.
  resolve();
  await soon(() => run.reports.includes(`step ${lastId} ended with lock.lost`));
  await soon(() => run.reports.includes(`run ${run.runId} was interrupted`));
  await sleep(100);
  assert.equal(run.host.done.length, 1);
  assert.equal(run.host.mark?.generation, 2);
});

test("a host that is away at the end is noted, and freed when it is back", async () => {
  const options = { cleanUpEveryMs: 30, cleanUpRetryMs: 30 };
  await using run = await begin({ options });
  run.host.meanwhile = async () => {
    // The command that is under way still gets through.
    run.host.away = "ssh.unreachable";
  };
  assert.equal((await run.until(ended)).status, "succeeded");
  await soon(async () =>
    /The lock could not be taken away yet; that is tried again\. hz-1 cannot be reached/.test(
      await run.logOf(lockId),
    ),
  );
  assert.notEqual(run.host.holder, null);
  run.host.away = null;
  await soon(() => run.host.holder === null);
  assert.deepEqual(run.host.removed, [], "its jobs stay for as long as they are kept");
});

test("a host that is being cleaned is not asked once more meanwhile", async () => {
  const host = new LockableHost("hz-1");
  const { promise: answer, resolve } = Promise.withResolvers<void>();
  host.releaseWaits = answer;
  await using run = await begin({ host, options: { cleanUpEveryMs: 10, cleanUpRetryMs: 0 } });
  await run.until(ended);
  await soon(() => host.releases > 0);
  const from = run.rounds();
  await soon(() => run.rounds() > from + 2);
  assert.equal(host.releases, 1);
  resolve();
  await soon(() => host.holder === null);
});

test("job directories go once they were kept long enough", async () => {
  let aheadMs = 0;
  await using run = await begin({
    options: { jobRetentionMs: 3_600_000, cleanUpEveryMs: 30, cleanUpRetryMs: 0 },
    now: () => Date.now() + aheadMs,
  });
  await run.until(ended);
  await soon(() => run.host.holder === null);
  const from = run.rounds();
  await soon(() => run.rounds() > from + 2);
  assert.deepEqual(run.host.removed, []);
  aheadMs = 3_600_000;
  await soon(() => run.host.removed.length > 0);
  const later = run.rounds();
  await soon(() => run.rounds() > later + 2);
  assert.deepEqual(run.host.removed, [run.runId], "once");
});
