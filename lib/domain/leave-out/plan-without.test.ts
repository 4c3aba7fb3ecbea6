import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeId, StepId } from "../ids.ts";
import type { Plan } from "../plan.ts";
import type { RunState } from "../run.ts";
import { planWithout } from "./plan-without.ts";

const ids = ["nod_000000000001", "nod_000000000002", "nod_000000000003"] as [
  NodeId,
  NodeId,
  NodeId,
];
const [a, b, c] = ids;
const regions = { [a]: "r1", [b]: "r2", [c]: "r1" };
const plan = {
  hosts: ids.map((nodeId, index) => ({
    ...{ nodeId, regionId: regions[nodeId], address: `10.0.0.${index + 1}` },
    dumpTool: { dump: `/usr/bin/dump-of-${index + 1}` },
  })),
  steps: [
    {
      id: "ha-on",
      kind: "ha.enable",
      params: { route: { via: a, server: "s" }, console: "https://10.0.0.1:8089" },
      scope: { type: "deployment" },
      commands: [{ kind: "sql", nodeId: a, text: "select" }],
    },
    {
      id: "dump.rm",
      kind: "database.dump",
      params: { nodeId: a, route: { via: a }, tool: { dump: "/usr/bin/dump-of-1" } },
      scope: { type: "database", database: "rm", nodeId: a },
      commands: [{ kind: "shell", nodeId: a, text: "mysqldump" }],
    },
    {
      id: "stop.a",
      kind: "container.stop",
      params: { nodeId: a },
      scope: { type: "host", nodeId: a },
      commands: [],
    },
  ],
} as unknown as Plan;

const run = (leftOut: NodeId[], movedTo: Record<string, NodeId> = {}) =>
  ({
    leftOut: Object.fromEntries(leftOut.map((nodeId) => [nodeId, {}])),
    steps: Object.fromEntries(
      Object.entries(movedTo).map(([id, nodeId]) => [id as StepId, { movedTo: nodeId }]),
    ),
  }) as unknown as RunState;

test("with every node there the plan is the reviewed one", () => {
  assert.equal(planWithout(plan, run([])), plan);
});

test("databases and the console are reached through a node of the same region, else of another", () => {
  const way = (leftOut: NodeId[]) => {
    const [on] = planWithout(plan, run(leftOut)).steps;
    assert.ok(on?.kind === "ha.enable");
    return [on.params.route.via, on.params.console, on.commands[0]?.nodeId];
  };
  assert.deepEqual(way([a]), [c, "https://10.0.0.3:8089", c]);
  assert.deepEqual(way([a, c]), [b, "https://10.0.0.2:8089", b]);
  assert.deepEqual(way([b]), [a, "https://10.0.0.1:8089", a]);
});

test("a dump that was moved is done there, with that node's tool; other steps stay where they were", () => {
  const [, dump, stop] = planWithout(plan, run([a], { "dump.rm": c })).steps;
  assert.ok(dump?.kind === "database.dump" && stop?.kind === "container.stop");
  assert.equal(dump.params.nodeId, c);
  assert.equal(dump.params.tool.dump, "/usr/bin/dump-of-3");
  assert.deepEqual(dump.scope, { type: "database", database: "rm", nodeId: c });
  assert.deepEqual(dump.commands[0]?.nodeId, c);
  assert.equal(stop.params.nodeId, a);
});

test("seen without a node twice it is the same", () => {
  const without = run([a], { "dump.rm": c });
  const once = planWithout(plan, without);
  assert.deepEqual(planWithout(once, without), once);
});
