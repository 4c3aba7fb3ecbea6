import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check } from "#lib/domain/facts.ts";
import { Plan } from "#lib/domain/plan.ts";
import type { StepKind } from "#lib/domain/step.ts";
import {
  type Example,
  exampleFacts,
  exampleInventory,
  examplePlanId,
  exampleTarget,
  twoRegions,
} from "./example-deployments.ts";
import { assertGolden, planText } from "./golden-plans.ts";
import { planPractice, practiceBlockers } from "./plan-practice.ts";
import { planUpgrade } from "./plan-upgrade.ts";

function practise(example: Example, rehearse = true): Plan {
  const inventory = exampleInventory(example);
  return planPractice({ planId: examplePlanId, inventory, facts: exampleFacts(example), rehearse });
}

const elsewhere: Example = {
  regions: [
    { name: "cn-hangzhou", nodes: ["hz-1", "hz-2"], isDefault: true },
    { name: "cn-heilongjiang", nodes: ["hlj-1"], isDefault: false, ownServer: true },
  ],
};

for (const [name, plan] of Object.entries({
  "two regions": practise(twoRegions),
  "heartbeat database elsewhere, without rehearsal": practise(elsewhere, false),
})) {
  test(`practice of ${name}`, () => {
    assert.deepEqual(Plan.parse(JSON.parse(JSON.stringify(plan))), plan);
    assertGolden(`practice ${name}`, planText(plan.steps, plan.hosts));
  });
}

test("no step of a practice is of a kind that changes OMS, HA or a database of OMS", () => {
  const harmless: StepKind[] = [
    "node.lock",
    "node.verify",
    "metadb.verify",
    "dump.trial",
    "database.dump",
    "dump.verify",
    "database.rehearse",
  ];
  const kinds = new Set(practise(twoRegions).steps.map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), harmless.sort());
});

test("its dumps, proofs and rehearsals have the ids and commands that they have in an upgrade", () => {
  const target = exampleTarget();
  const upgrade = planUpgrade({
    planId: examplePlanId,
    inventory: exampleInventory(twoRegions),
    facts: exampleFacts(twoRegions, target),
    target,
  });
  const compared = ({ steps }: Plan) =>
    steps
      .filter(({ phase }) => phase === "backup" || phase === "rehearse")
      .map(({ id, kind, commands }) => ({ id, kind, commands }));
  assert.deepEqual(compared(practise(twoRegions)), compared(upgrade));
});

test("its dumps say that OMS ran; those of an upgrade do not", () => {
  for (const step of practise(twoRegions).steps) {
    if (step.kind === "database.dump" || step.kind === "database.rehearse") {
      assert.equal(step.params.live, true, step.id);
    }
  }
});

test("only what dumps need stands in its way", () => {
  const check = (id: string, result: Check["result"]): Check => ({
    ...{ id, result, scope: "s", title: "t", evidence: "e", remedy: "r" },
  });
  const ids = (...checks: Check[]) => practiceBlockers(checks).map(({ id }) => id);
  assert.deepEqual(ids(check("rights.metadb", "fail"), check("disk.nod_1", "unknown")), [
    "rights.metadb",
    "disk.nod_1",
  ]);
  assert.deepEqual(
    ids(
      check("ha", "fail"),
      check("health.nod_1", "fail"),
      check("rehearsal-rights.metadb", "warning"),
      check("disk.nod_1", "pass"),
    ),
    [],
  );
});
