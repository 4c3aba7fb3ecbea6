import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { replay } from "#lib/domain/apply-event.ts";
import type { RunId } from "#lib/domain/ids.ts";
import { Inventory, inventoryProblems } from "#lib/domain/inventory.ts";
import type { RunStatus } from "#lib/domain/run.ts";
import { LogLines } from "#lib/domain/run-log/log-lines.ts";
import { activeRuns } from "#lib/operations/active-runs.ts";
import { createRollbackPlan, listRollbackChoices } from "#lib/operations/rollback.ts";
import { getRun, linesOfTrouble } from "#lib/operations/runs.ts";
import { prismaStore } from "#lib/store/store.ts";
import { ada, temporaryStore } from "#lib/store/tests/fixtures.ts";
import { fleet } from "./fleet.ts";
import { longLogLine } from "./log-texts.ts";
import { writeLongLog } from "./long-log.ts";
import { play, playOn } from "./play.ts";
import { type RecordedPiece, renamed } from "./recording.ts";
import { type SceneName, scene, sceneNames } from "./scenes.ts";
import { takeDown } from "./take-down.ts";

const shown: Record<SceneName, { status: RunStatus; pause?: string; running?: RegExp }> = {
  queued: { status: "queued" },
  backup: { status: "running", running: /^(dump|prove)\./ },
  gate: { status: "paused", pause: "gate" },
  console: { status: "running", running: /^ha-on$/ },
  init: { status: "running", running: /^init\./ },
  paused: { status: "paused", pause: "operator" },
  failed: { status: "paused", pause: "failed" },
  uncertain: { status: "paused", pause: "uncertain" },
  succeeded: { status: "succeeded" },
  "rolling-back": { status: "rolling-back", running: /restore/ },
  "rolled-back": { status: "rolled-back" },
  abandoned: { status: "abandoned" },
};

let close: () => Promise<void>;
before(async () => {
  close = await temporaryStore();
});
after(() => close());

/** What the product's own pages would read. */
const viewOf = async (runId: RunId) => (await getRun(ada, { runId })).state;

describe("every scene is played into a store as the product would have written it", () => {
  for (const name of sceneNames) {
    test(name, async () => {
      const { runId } = await play(ada, await scene(name, { nodes: 4, names: "short" }));
      const state = await viewOf(runId);
      const { status, pause, running } = shown[name];
      assert.equal(state.status, status);
      assert.equal(state.pause?.reason, pause);
      const underWay = Object.values(state.steps).filter((step) => step.status === "running");
      assert.equal(underWay.length > 0, running !== undefined);
      for (const { id } of underWay) assert.match(id, running ?? /^$/);
      // An engine takes up what would go on, and leaves alone what stands or has ended.
      const wanted = (await prismaStore().queue.runnable()).includes(runId);
      assert.equal(wanted, running !== undefined || name === "queued");
      const { events } = await takeDown(runId);
      const times = events.map(({ at }) => at);
      assert.deepEqual(times, times.toSorted());
      assert.ok(Date.parse(times.at(-1) ?? "") < Date.now());
    });
  }
});

test("an upgrade in two hops is played to its end, and one that fails in the second can go back to the release between", async () => {
  const chain = { nodes: 4, names: "short", chain: true } as const;
  const { runId } = await play(ada, await scene("succeeded", chain));
  const state = await viewOf(runId);
  assert.equal(state.status, "succeeded");
  assert.equal(state.backups.length, 8);
  const failed = await play(ada, await scene("failed", chain));
  const choices = await listRollbackChoices(ada, { runId: failed.runId });
  assert.deepEqual(
    choices.map(({ version, whyNot }) => [version, whyNot]),
    [
      ["3.3.0", null],
      ["3.2.2", null],
    ],
  );
  const back = await createRollbackPlan(ada, { runId: failed.runId, hop: 2 });
  assert.equal(back.plan?.fromVersion, "3.3.0");
  assert.equal(back.plan?.undoes?.hop, 2);
  await assert.rejects(createRollbackPlan(ada, { runId: failed.runId, hop: 3 }), {
    code: "plan.blocked",
  });
  await assert.rejects(createRollbackPlan(ada, { runId: failed.runId, hop: 0 }), {
    code: "request.invalid",
  });
});

test("two hundred nodes with names as long as they may be", () => {
  const { regions } = Inventory.parse(fleet({ nodes: 200, names: "long", about: "test" }));
  assert.deepEqual(inventoryProblems(fleet({ nodes: 200, names: "long", about: "test" })), []);
  const names = regions.flatMap(({ nodes }) => nodes.map(({ name }) => name));
  assert.equal(new Set(names).size, 200);
  assert.ok(names.every((name) => name.length === 80));
});

test("a run that was taken down is the same run when it is played again", async () => {
  const first = await play(ada, await scene("rolled-back", { nodes: 4, names: "chinese" }));
  const taken = await takeDown(first.runId);
  const second = await play(ada, { recording: taken, upTo: taken.events.length });
  assert.notEqual(second.runId, first.runId);
  const [a, b] = [await takeDown(first.runId), await takeDown(second.runId)];
  const kinds = (events: typeof a.events) => events.map(({ body }) => body.type);
  assert.deepEqual(kinds(b.events), kinds(a.events));
  assert.equal(replay(b.events)?.status, "rolled-back");
  const nameless = (log: readonly RecordedPiece[]) =>
    textsOf(log).map((text) => text.replaceAll(/pln_\w{12}/g, "pln"));
  assert.deepEqual(nameless(b.log), nameless(a.log));
});

test("how long a run will still take is told on every page: assumed at first, measured from the second run on", async () => {
  const shape = { nodes: 4, names: "short" } as const;
  const leftOf = async (runId: RunId) =>
    (await activeRuns(ada)).find(({ id }) => id === runId)?.left ?? null;
  const week = 7 * 24 * 3_600_000;
  const first = await play(ada, await scene("rolled-back", shape), { endedAt: Date.now() - week });
  const again = await play(ada, await scene("init", shape), { on: first.deploymentId });
  const measured = await leftOf(again.runId);
  assert.equal(measured?.assumed, false);
  assert.ok(measured.ms > 60_000 && measured.ms < 20 * 60_000, `${measured.ms} ms`);
  const alone = await play(ada, await scene("init", shape));
  assert.equal((await leftOf(alone.runId))?.assumed, true);
  // What waits for a person takes as long as the person does.
  for (const waiting of ["failed", "console"] as const) {
    const { runId } = await play(ada, await scene(waiting, shape));
    assert.equal(await leftOf(runId), null);
  }
});

test("the last lines of what failed are read without the log before them", async () => {
  const { runId } = await play(ada, await scene("failed", { nodes: 4, names: "short" }));
  const lines = await linesOfTrouble(ada, { runId });
  const [[stepId, last] = []] = Object.entries(lines);
  assert.match(stepId ?? "", /^init\./);
  assert.equal(last?.length, 8);
  assert.match(last.at(-1) ?? "", /ended with exit code 1/);
});

test("what comes after the point can be let happen", async () => {
  const played = await play(ada, await scene("init", { nodes: 4, names: "short" }));
  await playOn(played, 100_000);
  assert.equal((await viewOf(played.runId)).status, "succeeded");
});

test("a long log comes back line by line, whole and in order", async () => {
  const { claim, runId, underWay, nodeIds } = await play(
    ada,
    await scene("init", { nodes: 4, names: "short" }),
  );
  assert.ok(underWay);
  await writeLongLog(claim, { lines: 3_210, rate: 0, stepId: underWay, nodeIds });
  const { log } = await takeDown(runId);
  const lines = textsOf(log).filter((text) => text.startsWith("#"));
  const written = Array.from({ length: 3_210 }, (_, index) => longLogLine(index + 1));
  assert.deepEqual(lines, written);
  assert.ok(log.some(({ text }) => text.startsWith("#") && !text.endsWith("\n")));
});

test("other ids and another time are written wherever the old ones stood", () => {
  const made = renamed(
    { id: "run_000000000001", text: "x pln_000000000001.y", at: "2026-01-01T00:00:00.000Z", n: 1 },
    new Map([
      ["run_000000000001", "run_00000000000a"],
      ["pln_000000000001", "pln_00000000000a"],
    ]),
    60_000,
  );
  assert.deepEqual(made, {
    ...{ id: "run_00000000000a", text: "x pln_00000000000a.y", n: 1 },
    at: "2026-01-01T00:01:00.000Z",
  });
});

function textsOf(log: readonly RecordedPiece[]): string[] {
  const lines = new LogLines();
  for (const piece of log) lines.add(piece);
  return lines.lines.map(({ text }) => text);
}
