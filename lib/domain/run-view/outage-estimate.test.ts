import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Plan, RunPurpose } from "../plan.ts";
import type { RunState, StepState } from "../run.ts";
import type { StepKind } from "../step.ts";
import { sizeKey } from "./assumed-durations.ts";
import { outageEstimate } from "./outage-estimate.ts";

const server = { host: "10.0.0.1", port: 3306 };
const none: ReadonlyMap<string, number> = new Map();

interface Draft {
  id: string;
  kind: StepKind;
  phase: string;
  after?: string[];
  params?: object;
  hop?: number;
}
const planOf = (...steps: Draft[]) =>
  ({
    steps: steps.map(({ after = [], params = {}, hop = null, ...step }) => ({
      ...{ ...step, after, hop },
      params: { route: { server }, database: "rm", ...params },
    })),
  }) as unknown as Plan;

/** HA off, two nodes, one database; the new containers start beside the rehearsal. */
const plan = planOf(
  { id: "ha-off", kind: "ha.disable", phase: "ha-off", params: { way: "direct" } },
  ...["a", "b"].map(
    (node): Draft => ({
      ...{ id: `stop.${node}`, kind: "container.stop", phase: "stop", after: ["ha-off"] },
      params: { mark: "T1", graceSeconds: 60 },
    }),
  ),
  { id: "dump.rm", kind: "database.dump", phase: "backup", after: ["stop.a", "stop.b"] },
  { id: "prove.rm", kind: "dump.verify", phase: "backup", after: ["dump.rm"] },
  { id: "rehearse.rm", kind: "database.rehearse", phase: "rehearse", after: ["prove.rm"] },
  { id: "start.a", kind: "container.start", phase: "start", after: ["prove.rm"] },
  { id: "init.a", kind: "metadata.init", phase: "init", after: ["start.a", "rehearse.rm"] },
  {
    ...{ id: "ha-on", kind: "ha.enable", phase: "ha-on", after: ["init.a"] },
    params: { mark: "T2", way: "direct" },
  },
  { id: "survey", kind: "node.survey", phase: "report", after: ["ha-on"] },
);

/** A run whose steps took so many milliseconds. */
function past(purpose: RunPurpose, day: number, took: Record<string, number>): RunState {
  const steps = Object.entries(took).map(([id, ms]) => {
    const step = { id, status: "succeeded", startedAt: new Date(0), endedAt: new Date(ms) };
    const [startedAt, endedAt] = [step.startedAt.toISOString(), step.endedAt.toISOString()];
    return [id, { ...step, startedAt, endedAt } as unknown as StepState];
  });
  const createdAt = new Date(Date.UTC(2026, 0, day)).toISOString();
  return { purpose, createdAt, steps: Object.fromEntries(steps) } as RunState;
}

const all = { "ha-off": 1, "stop.a": 10, "stop.b": 30, "dump.rm": 100, "prove.rm": 20 };
const upgrade = { ...all, "rehearse.rm": 5, "start.a": 7, "init.a": 400, "ha-on": 2, survey: 9 };
const partsOf = (runs: RunState[], of = plan) =>
  (outageEstimate(of, runs, none)?.parts ?? []).map(({ phase, ms, sources }) => [
    phase,
    ms,
    sources.map(({ from }) => from).join(),
  ]);

test("the parts are the longest chain from the first stop to HA on, and add up to the outage", () => {
  const found = outageEstimate(plan, [past("upgrade", 1, upgrade)], none);
  assert.deepEqual(
    found?.parts.map(({ phase, ms }) => [phase, ms]),
    [
      ["stop", 30],
      ["backup", 120],
      ["start", 7],
      ["init", 400],
      ["ha-on", 2],
    ],
  );
  assert.equal(found?.outageMs, 559);
  assert.deepEqual(
    found?.beside.map(({ phase, ms }) => [phase, ms]),
    [["rehearse", 5]],
    "the rehearsal is over before the containers have started",
  );
});

test("a rehearsal that takes longer than the start is in the outage, and the start beside it", () => {
  const found = outageEstimate(plan, [past("upgrade", 1, { ...upgrade, "rehearse.rm": 50 })], none);
  assert.deepEqual(
    found?.beside.map(({ phase }) => phase),
    ["start"],
  );
  assert.equal(found?.outageMs, 602);
});

describe("where a number is from", () => {
  test("dumps, proofs and rehearsals from the practice, the rest from upgrades before it", () => {
    const practice = past("practice", 2, { "dump.rm": 300, "prove.rm": 40, "rehearse.rm": 60 });
    const found = outageEstimate(plan, [practice, past("upgrade", 1, upgrade)], none);
    assert.deepEqual(
      found?.parts.map(({ phase, sources }) => [phase, sources]),
      [
        ["stop", [{ from: "history", runs: 1 }]],
        ["backup", [{ from: "practice", at: practice.createdAt }]],
        ["rehearse", [{ from: "practice", at: practice.createdAt }]],
        ["init", [{ from: "history", runs: 1 }]],
        ["ha-on", [{ from: "history", runs: 1 }]],
      ],
    );
    assert.deepEqual(found?.parts[1]?.ms, 340);
  });

  test("an upgrade that came after the practice knows better", () => {
    const practice = past("practice", 1, { "dump.rm": 300, "prove.rm": 40 });
    const parts = partsOf([past("upgrade", 2, upgrade), practice]);
    assert.deepEqual(parts[1], ["backup", 120, "history"]);
  });

  test("of several upgrades the one in the middle", () => {
    const runs = [500, 90, 100].map((dump, index) =>
      past("upgrade", 9 - index, { ...upgrade, "dump.rm": dump }),
    );
    const found = outageEstimate(plan, runs, none);
    assert.deepEqual(found?.parts[1], {
      ...{ phase: "backup", hop: null, ms: 120, sources: [{ from: "history", runs: 3 }] },
    });
  });

  test("a practice says nothing about steps that only an upgrade has, whatever their names", () => {
    const parts = partsOf([past("practice", 1, { "stop.a": 1, "init.a": 1 })]);
    assert.deepEqual(
      parts.filter(([phase]) => phase === "stop" || phase === "init"),
      [
        ["stop", 60_000, "assumed"],
        ["init", 240_000, "assumed"],
      ],
    );
  });

  test("a node without a history is taken to be like the slowest of the others", () => {
    const { "stop.b": _, ...rest } = { ...upgrade, "stop.a": 44 };
    assert.deepEqual(partsOf([past("upgrade", 1, rest)])[0], ["stop", 44, "history"]);
  });

  test("nothing measured: assumptions, for a dump by the size of its database", () => {
    const sized = new Map([[sizeKey(server, "rm"), 2000 * 1024 ** 2]]);
    const small = outageEstimate(plan, [], none);
    const large = outageEstimate(plan, [], sized);
    const ms = (found: typeof small, phase: string) =>
      found?.parts.find((part) => part.phase === phase)?.ms;
    assert.ok(small?.parts.every(({ sources }) => sources.every(({ from }) => from === "assumed")));
    assert.equal(ms(small, "backup"), 4_000);
    assert.equal(ms(large, "backup"), 4_000 + 100_000 + 40_000);
  });
});

test("a chain finds its steps in a direct upgrade's, and tells its hops apart", () => {
  const hops = planOf(
    ...[1, 2].flatMap((hop): Draft[] => [
      {
        ...{ id: `h${hop}.stop.a`, kind: "container.stop", phase: "stop", hop },
        after: hop === 1 ? [] : ["h1.init.a"],
        params: { mark: hop === 1 ? "T1" : null, graceSeconds: 60 },
      },
      {
        ...{ id: `h${hop}.init.a`, kind: "metadata.init", phase: "init", hop },
        after: [`h${hop}.stop.a`],
      },
    ]),
    {
      ...{ id: "ha-on", kind: "ha.enable", phase: "ha-on", after: ["h2.init.a"] },
      params: { mark: "T2", way: "guided" },
    },
  );
  const found = outageEstimate(hops, [past("upgrade", 1, upgrade)], none);
  assert.deepEqual(
    found?.parts.map(({ hop, phase, ms }) => [hop, phase, ms]),
    [
      [1, "stop", 10],
      [1, "init", 400],
      [2, "stop", 10],
      [2, "init", 400],
      [null, "ha-on", 0],
    ],
  );
  assert.equal(found?.byPerson, true);
});

test("approvals while OMS is down are counted, and take no time; no stop, no outage", () => {
  const [first, ...rest] = plan.steps;
  const gate = { ...first, id: "gate.init", kind: "gate", phase: "init", after: ["start.a"] };
  const gated = rest.map((step) => (step.id === "init.a" ? { ...step, after: [gate.id] } : step));
  const steps = [first, ...gated, { ...gate, params: { before: "init" } }];
  const found = outageEstimate({ steps } as unknown as Plan, [past("upgrade", 1, upgrade)], none);
  assert.deepEqual([found?.approvals, found?.outageMs], [1, 559]);
  assert.equal(outageEstimate(planOf(), [], none), null);
});
