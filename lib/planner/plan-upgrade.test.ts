import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RegionId } from "#lib/domain/ids.ts";
import type { InitOverrule } from "#lib/domain/init-decision.ts";
import { Plan, planHash } from "#lib/domain/plan.ts";
import type { Gate, Step } from "#lib/domain/step.ts";
import {
  type Example,
  exampleFacts,
  exampleInventory,
  examplePlanId,
  exampleTarget,
  twoRegions,
} from "./example-deployments.ts";
import { assertGolden, planText } from "./golden-plans.ts";
import { planUpgrade } from "./plan-upgrade.ts";

interface Case {
  example: Example;
  to?: string;
  archive?: string;
  gates?: Gate[];
  overrules?: InitOverrule[];
}

const hangzhou = exampleInventory({ regions: [{ name: "cn-hangzhou", nodes: [] }] }).regions[0]
  ?.id as RegionId;

const examples: Record<string, Case> = {
  "one node": { example: { regions: [{ name: "cn-hangzhou", nodes: ["hz-1"] }] } },
  "one region, same file": {
    example: { regions: [{ name: "cn-hangzhou", nodes: ["hz-1", "hz-2"] }] },
  },
  "one region, different files": {
    example: { regions: [{ name: "cn-hangzhou", nodes: ["hz-1", "hz-2"], different: ["hz-2"] }] },
  },
  "one region, same file, overruled to every node": {
    example: { regions: [{ name: "cn-hangzhou", nodes: ["hz-1", "hz-2"] }] },
    to: "4.0.0",
    overrules: [{ regionId: hangzhou, mode: "each", reason: "hz-2 has a license file of its own" }],
  },
  "one region, different files, overruled to one node": {
    example: { regions: [{ name: "cn-hangzhou", nodes: ["hz-1", "hz-2"], different: ["hz-2"] }] },
    to: "4.0.0",
    overrules: [{ regionId: hangzhou, mode: "once", reason: "tsdb is read at the start only" }],
  },
  "two regions": { example: twoRegions },
  "three regions, heartbeat database elsewhere": {
    example: {
      regions: [
        { name: "cn-shanghai", nodes: ["sh-1"], isDefault: false },
        { name: "cn-hangzhou", nodes: ["hz-1", "hz-2"], isDefault: true },
        { name: "cn-heilongjiang", nodes: ["hlj-1"], isDefault: false, ownServer: true },
      ],
    },
  },
  "HA off before": { example: { ...twoRegions, haEnabled: false } },
  "HA switched by a person": { example: { ...twoRegions, haWay: "guided" } },
  "3.2.2 to 3.3.0 without HA": {
    example: { regions: [{ name: "cn-hangzhou", nodes: ["hz-1"] }], version: "3.2.2" },
    to: "3.3.0",
  },
  "to 4.0.0 with consoles to start": { example: twoRegions, to: "4.0.0" },
  "image to load on one node": {
    example: { ...twoRegions, withoutImage: ["hlj-1"] },
    archive: "/data/images/oms-3.3.1.tar",
  },
  "two regions, every gate": { example: twoRegions, gates: ["ha-on", "init", "start", "stop"] },
  "one node, image to load, a gate before the stops": {
    example: { regions: [{ name: "cn-hangzhou", nodes: ["hz-1"] }], withoutImage: ["hz-1"] },
    archive: "/data/images/oms-3.3.1.tar",
    gates: ["stop"],
  },
  "3.2.2 to 3.3.0 with a gate before the stops and before HA": {
    example: { regions: [{ name: "cn-hangzhou", nodes: ["hz-1"] }], version: "3.2.2" },
    to: "3.3.0",
    gates: ["stop", "ha-on"],
  },
};

function planOf({ example, to, archive, gates = [], overrules = [] }: Case) {
  const target = {
    ...exampleTarget(to),
    imageArchive: archive ?? null,
    gates,
    initOverrules: overrules,
  };
  const inventory = exampleInventory(example);
  return planUpgrade({
    planId: examplePlanId,
    inventory,
    facts: exampleFacts(example, target),
    target,
  });
}

describe("golden plans", () => {
  for (const [name, example] of Object.entries(examples)) {
    test(name, () => {
      const plan = planOf(example);
      Plan.parse(plan);
      assertGolden(`forward ${name}`, planText(plan.steps, plan.hosts));
    });
  }
});

describe("what must hold in every plan", () => {
  for (const [name, example] of Object.entries(examples)) {
    const { steps } = planOf(example);
    const byId = new Map(steps.map((step) => [step.id, step]));
    const before = (step: Step): Set<string> => {
      const seen = new Set<string>();
      const visit = (one: Step) => {
        for (const id of one.after) {
          const earlier = byId.get(id);
          assert.ok(earlier, `${one.id} waits for ${id}, which does not exist`);
          if (seen.has(id)) continue;
          seen.add(id);
          visit(earlier);
        }
      };
      visit(step);
      return seen;
    };
    const ids = (kind: Step["kind"]) =>
      steps.filter((one) => one.kind === kind).map((one) => one.id);

    test(`${name}: nothing is stopped before everything was checked and loaded`, () => {
      for (const stop of steps.filter((step) => step.kind === "container.stop")) {
        const earlier = before(stop);
        for (const id of [...ids("node.verify"), ...ids("metadb.verify"), ...ids("image.load")]) {
          assert.ok(earlier.has(id), `${stop.id} does not wait for ${id}`);
        }
      }
    });

    test(`${name}: no schema is touched before every dump is proven, and one init runs at a time`, () => {
      const inits = steps.filter((step) => step.kind === "metadata.init");
      assert.ok(inits.length > 0);
      for (const [index, init] of inits.entries()) {
        const earlier = before(init);
        for (const id of [...ids("dump.verify"), ...ids("container.stop")])
          assert.ok(earlier.has(id));
        for (const other of inits.slice(0, index)) assert.ok(earlier.has(other.id));
      }
    });

    test(`${name}: HA comes back only when every node is healthy`, () => {
      const last = steps.find((step) => step.kind === "ha.enable");
      assert.ok(last);
      const earlier = before(last);
      for (const id of steps.filter((s) => s.phase === "health").map((s) => s.id)) {
        assert.ok(earlier.has(id));
      }
    });

    test(`${name}: behind a gate stands all that it guards, and a look after it before the stops`, () => {
      const guarded: Record<Gate, Step["kind"][]> = {
        stop: ["ha.disable", "container.stop"],
        start: ["container.start"],
        init: ["metadata.init"],
        "ha-on": ["ha.enable"],
      };
      const gates = steps.filter((step) => step.kind === "gate");
      assert.deepEqual(
        gates.map(({ params }) => params.before).sort(),
        (examples[name]?.gates ?? []).toSorted(),
      );
      for (const gate of gates) {
        for (const id of guarded[gate.params.before].flatMap(ids)) {
          const step = byId.get(id);
          assert.ok(step && before(step).has(gate.id), `${id} does not wait for ${gate.id}`);
          if (gate.params.before !== "stop") continue;
          const after = steps.filter((one) => before(step).has(one.id) && before(one).has(gate.id));
          assert.deepEqual(
            new Set(after.map((one) => one.kind).filter((kind) => kind.endsWith(".verify"))),
            new Set(["node.verify", "metadb.verify"]),
          );
        }
        assert.deepEqual(gate.commands, []);
      }
    });

    test(`${name}: ids are unique and no password stands in it`, () => {
      assert.equal(new Set(steps.map((step) => step.id)).size, steps.length);
      assert.doesNotMatch(JSON.stringify(steps), /--password|MYSQL_PWD|-p'/);
    });
  }
});

test("the same request gives the same hash, and any change of it another", async () => {
  const plan = planOf({ example: twoRegions });
  assert.equal(await planHash(plan), await planHash(planOf({ example: twoRegions })));
  const parsed = Plan.parse(JSON.parse(JSON.stringify(plan)));
  assert.equal(await planHash(parsed), await planHash(plan));
  const changed = { ...plan, steps: plan.steps.slice(1) };
  assert.notEqual(await planHash(changed), await planHash(plan));
});

test("an overrule stands in the plan with what the files say, and changes its hash", async () => {
  const example: Example = {
    regions: [{ name: "cn-hangzhou", nodes: ["hz-1", "hz-2"], different: ["hz-2"] }],
  };
  const byFiles = planOf({ example });
  assert.deepEqual(byFiles.initialisation, [
    {
      ...{ regionId: hangzhou, region: "cn-hangzhou", nodes: ["hz-1", "hz-2"] },
      ...{ mode: "each", ruled: "each", overruledBecause: null },
      differences: [
        {
          ...{ key: "tsdb_enabled", secret: false },
          values: [
            { text: "false", absent: false, nodes: ["hz-1"] },
            { text: "true", absent: false, nodes: ["hz-2"] },
          ],
        },
      ],
    },
  ]);
  const overrule = (mode: "once" | "each", reason: string) =>
    planOf({ example, overrules: [{ regionId: hangzhou, mode, reason }] });
  const once = overrule("once", "read at the start only");
  assert.equal(once.initialisation[0]?.mode, "once");
  assert.match(
    once.warnings.join(),
    /differ in tsdb_enabled.*overruled.*Reason: read at the start/,
  );
  const hashes = [byFiles, once, overrule("once", "another reason")].map(planHash);
  assert.equal(new Set(await Promise.all(hashes)).size, 3);
  // Who agrees with the files overrules nothing.
  assert.deepEqual(overrule("each", "why not"), byFiles);
});

test("names that are not ASCII, or alike, still give unique step ids", () => {
  const example: Example = {
    regions: [{ name: "杭州", nodes: ["节点一", "节点二", "a b", "a-b"] }],
  };
  const { steps } = planOf({ example });
  assert.equal(new Set(steps.map((step) => step.id)).size, steps.length);
});
