import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeId } from "./ids.ts";
import { compareSurveys, type Project, type Survey } from "./survey.ts";

const node = (nodeId: string, image: string) => ({
  ...{ nodeId: nodeId as NodeId, image, healthy: true, services: { nginx: "RUNNING" } },
});
const project = (id: string, status: string): Project => ({
  ...{ kind: "migration" as const, id, name: `orders ${id}`, status },
});
const before: Survey = {
  nodes: [node("nod_1", "oms:3.3.0"), node("nod_2", "oms:3.3.0")],
  databases: [
    { database: "rm", tables: { a: "1", b: "1", c: "1" } },
    { database: "cm", tables: null },
  ],
  projects: [project("p1", "RUNNING"), project("p2", "RUNNING"), project("p3", "FAILED")],
};
const after: Survey = {
  nodes: [node("nod_1", "oms:3.3.1")],
  databases: [
    { database: "rm", tables: { a: "1", b: "2", d: "1" } },
    { database: "cm", tables: { x: "1" } },
  ],
  projects: [project("p1", "RUNNING"), project("p2", "SUSPENDED"), project("p4", "INIT")],
};

test("tells tables that came, went and were altered, and projects whose state is another", () => {
  const { nodes, databases, projects } = compareSurveys(before, after);
  assert.deepEqual(
    nodes.map((one) => [one.nodeId, one.before?.image, one.after?.image]),
    [
      ["nod_1", "oms:3.3.0", "oms:3.3.1"],
      ["nod_2", "oms:3.3.0", undefined],
    ],
  );
  assert.deepEqual(databases, [
    { database: "rm", tables: { added: ["d"], removed: ["c"], altered: ["b"], same: 1 } },
    { database: "cm", tables: null },
  ]);
  assert.equal(projects?.same, 1);
  assert.deepEqual(
    projects.changed.map((one) => [one.project.id, one.before, one.after]),
    [
      ["p2", "RUNNING", "SUSPENDED"],
      ["p3", "FAILED", null],
      ["p4", null, "INIT"],
    ],
  );
});

test("what was not read is not compared", () => {
  assert.equal(compareSurveys({ ...before, projects: null }, after).projects, null);
  assert.equal(compareSurveys(before, { ...after, projects: null }).projects, null);
});

test("a table called like something every object has is a table like others", () => {
  const tables = JSON.parse('{"constructor":"1","__proto__":"1"}') as Record<string, string>;
  const odd = { ...before, databases: [{ database: "rm", tables }] };
  const none = { ...before, databases: [{ database: "rm", tables: {} }] };
  assert.deepEqual(compareSurveys(none, odd).databases[0]?.tables?.added, [
    "__proto__",
    "constructor",
  ]);
});
