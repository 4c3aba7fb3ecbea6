import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { CompressionWish } from "#lib/domain/compression.ts";
import type { RegionId } from "#lib/domain/ids.ts";
import type { InitOverrule } from "#lib/domain/init-decision.ts";
import type { DeploymentSettings } from "#lib/domain/inventory.ts";
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
  /** The releases on the way. */
  via?: string[];
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
  "3.2.2 to 3.3.1 in two hops, one region": {
    example: { regions: [{ name: "cn-hangzhou", nodes: ["hz-1", "hz-2"] }], version: "3.2.2" },
    to: "3.3.1",
    via: ["3.3.0"],
  },
  "3.2.2 to 3.3.1 in two hops, two regions, every gate": {
    example: { ...twoRegions, version: "3.2.2", haEnabled: false },
    to: "3.3.1",
    via: ["3.3.0"],
    gates: ["stop", "start", "init", "ha-on"],
  },
  "4.1.1 to 4.2.2 in three hops": {
    example: { ...twoRegions, version: "4.1.1" },
    to: "4.2.2",
    via: ["4.2.0", "4.2.1"],
  },
  "4.1.1 to 4.2.9 in two hops, images to load, HA switched by a person": {
    example: {
      regions: [
        { name: "cn-shanghai", nodes: ["sh-1", "sh-2"], different: ["sh-2"], isDefault: true },
        { name: "cn-hangzhou", nodes: ["hz-1"], isDefault: false, ownServer: true },
      ],
      version: "4.1.1",
      haWay: "guided",
      withoutImage: ["sh-2"],
    },
    to: "4.2.9",
    via: ["4.2.0"],
    archive: "/data/images/oms-4.2.9.tar",
    gates: ["stop"],
  },
  "3.3.0 to 4.0.0 over 3.3.1, HA off before": {
    example: { ...twoRegions, haEnabled: false },
    to: "4.0.0",
    via: ["3.3.1"],
  },
  "4.2.5 to 4.2.6, nodes with different files in both regions": {
    example: {
      regions: [
        { name: "cn-hangzhou", nodes: ["hz-1", "hz-2"], different: ["hz-2"] },
        { name: "cn-heilongjiang", nodes: ["hlj-1", "hlj-2"], different: ["hlj-1"] },
      ],
      version: "4.2.5",
    },
    to: "4.2.6",
  },
  "4.2.8 to 4.2.9, one region of four nodes": {
    example: {
      regions: [{ name: "cn-hangzhou", nodes: ["hz-1", "hz-2", "hz-3", "hz-4"] }],
      version: "4.2.8",
    },
    to: "4.2.9",
  },
  "4.0.0 to 4.1.0, every region with a heartbeat database elsewhere": {
    example: {
      regions: [
        { name: "cn-hangzhou", nodes: ["hz-1"], ownServer: true },
        { name: "cn-heilongjiang", nodes: ["hlj-1"], ownServer: true },
      ],
      version: "4.0.0",
    },
    to: "4.1.0",
  },
  "3.2.2 to 4.0.0 directly": {
    example: { ...twoRegions, version: "3.2.2" },
    to: "4.0.0",
  },
  "4.2.2 to 4.2.11, which the catalogue does not know": {
    example: { regions: [{ name: "cn-hangzhou", nodes: ["hz-1"] }], version: "4.2.2" },
    to: "4.2.11",
  },
};

function planOf({ example, to, via = [], archive, gates = [], overrules = [] }: Case) {
  const asked = exampleTarget(to, via);
  const hops = asked.via.map((hop) => ({
    ...hop,
    imageArchive: archive === undefined ? null : `/data/images/oms-${hop.version}.tar`,
  }));
  const target = {
    ...{ ...asked, via: hops, imageArchive: archive ?? null },
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

    const hopOf = (step: Step) => step.hop ?? 1;
    const hops = new Set(steps.map(hopOf)).size;

    test(`${name}: nothing is stopped before everything was checked and loaded`, () => {
      for (const stop of steps.filter((step) => step.kind === "container.stop")) {
        const earlier = before(stop);
        assert.equal(stop.params.mark, hopOf(stop) === 1 ? "T1" : null);
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
        const ofHop = steps.filter((step) => hopOf(step) <= hopOf(init));
        for (const { id } of ofHop.filter(
          ({ kind }) => kind === "dump.verify" || kind === "container.stop",
        )) {
          assert.ok(earlier.has(id));
        }
        for (const other of inits.slice(0, index)) assert.ok(earlier.has(other.id));
      }
    });

    test(`${name}: each hop stops and dumps what the hop before it has made healthy`, () => {
      for (const hop of Array.from({ length: hops - 1 }, (_, index) => index + 2)) {
        const starts = steps.filter(
          (step) => step.kind === "container.start" && step.hop === hop - 1,
        );
        const names = starts.map(
          ({ params }) => "container" in params && `${params.nodeId} ${params.container.name}`,
        );
        const stops = steps.filter((step) => step.kind === "container.stop" && step.hop === hop);
        assert.deepEqual(
          stops.map(
            ({ params }) => "containerName" in params && `${params.nodeId} ${params.containerName}`,
          ),
          names,
        );
        for (const stop of stops) {
          const earlier = before(stop);
          for (const step of steps.filter((one) => one.hop !== null && one.hop < hop)) {
            assert.ok(earlier.has(step.id), `${stop.id} does not wait for ${step.id}`);
          }
        }
      }
    });

    test(`${name}: no two dumps have a key or a place in common`, () => {
      const dumps = steps.flatMap((step) => (step.kind === "database.dump" ? [step.params] : []));
      const places = dumps.map(({ nodeId, directory, file }) => `${nodeId}:${directory}/${file}`);
      assert.equal(new Set(dumps.map(({ key }) => key)).size, dumps.length);
      assert.equal(new Set(places).size, dumps.length);
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
        (examples[name]?.gates ?? [])
          .flatMap((gate) => Array(gate === "start" || gate === "init" ? hops : 1).fill(gate))
          .sort(),
      );
      for (const gate of gates) {
        for (const id of guarded[gate.params.before].flatMap(ids)) {
          const step = byId.get(id);
          // A gate of a hop guards what is behind it.
          if (step && hopOf(step) < hopOf(gate)) continue;
          assert.ok(step && before(step).has(gate.id), `${id} does not wait for ${gate.id}`);
          if (gate.params.before !== "stop" || hopOf(step) > 1) continue;
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

describe("rehearsals", () => {
  const example: Example = { regions: [{ name: "cn-hangzhou", nodes: ["hz-1"] }] };
  const planned = (
    settings: Partial<DeploymentSettings>,
    change: (facts: ReturnType<typeof exampleFacts>) => void = () => undefined,
  ) => {
    const inventory = exampleInventory(example);
    const facts = exampleFacts(example);
    change(facts);
    return planUpgrade({
      planId: examplePlanId,
      inventory: { ...inventory, settings: { ...inventory.settings, ...settings } },
      facts,
      target: exampleTarget(),
    });
  };
  const rehearsed = (plan: Plan) =>
    plan.steps.flatMap((step) => (step.kind === "database.rehearse" ? [step.params.database] : []));

  test("no schema is changed before the last of them, and containers start beside them", () => {
    const plan = planned({});
    assert.deepEqual(rehearsed(plan), ["oms_rm", "oms_cm", "oms_hb_1"]);
    const init = plan.steps.find(({ kind }) => kind === "metadata.init");
    const start = plan.steps.find(({ kind }) => kind === "container.start");
    for (const { id } of plan.steps.filter(({ kind }) => kind === "database.rehearse")) {
      assert.ok(init?.after.includes(id));
      assert.ok(!start?.after.includes(id));
    }
    const names = plan.steps.flatMap((step) =>
      step.kind === "database.rehearse" ? [step.params.scratch] : [],
    );
    assert.equal(new Set(names).size, 3);
    assert.match(plan.summary.join(" "), /Every dump is restored into a scratch database/);
  });

  for (const [name, settings, change, names, why] of [
    ["switched off", { rehearseBelowMiB: 0 }, undefined, [], /settings switch rehearsals off/],
    [
      "a database above the limit",
      { rehearseBelowMiB: 2 },
      (facts) => {
        const [rm] = facts.servers[0]?.databases ?? [];
        if (rm) rm.bytes = 3 * 1024 ** 2;
      },
      ["oms_cm", "oms_hb_1"],
      /of oms_rm is not rehearsed: it has 3 MiB, and the deployment's limit is 2 MiB\./,
    ],
    [
      "no rights",
      {},
      (facts) => {
        for (const server of facts.servers) server.rehearsalRights = ["CREATE", "DROP"];
      },
      [],
      /the MetaDB's user has no CREATE, DROP on scratch databases/,
    ],
  ] as [
    string,
    Partial<DeploymentSettings>,
    ((facts: ReturnType<typeof exampleFacts>) => void) | undefined,
    string[],
    RegExp,
  ][]) {
    test(`${name}: the plan does without, and says why`, () => {
      const plan = planned(settings, change);
      assert.deepEqual(rehearsed(plan), names);
      assert.match(plan.summary.join(" "), why);
    });
  }
});

test("dumps are stored as the settings say, with what the node has", () => {
  const example: Example = { regions: [{ name: "cn-hangzhou", nodes: ["hz-1"] }] };
  const files = (compression: CompressionWish, compressors: ("zstd" | "gzip")[]) => {
    const inventory = exampleInventory(example);
    const facts = exampleFacts(example);
    for (const { dumpTool } of facts.nodes) if (dumpTool) dumpTool.compressors = compressors;
    const settings = { ...inventory.settings, compression };
    const request = { planId: examplePlanId, facts, target: exampleTarget() };
    const plan = planUpgrade({ ...request, inventory: { ...inventory, settings } });
    return plan.steps.flatMap((step) =>
      step.kind === "database.dump" ? [step.params.file] : [],
    )[0];
  };
  assert.equal(files("auto", ["zstd", "gzip"]), "oms_rm.sql.zst");
  assert.equal(files("auto", ["gzip"]), "oms_rm.sql.gz");
  assert.equal(files("auto", []), "oms_rm.sql");
  assert.equal(files("gzip", ["zstd", "gzip"]), "oms_rm.sql.gz");
  assert.equal(files("none", ["zstd", "gzip"]), "oms_rm.sql");
  assert.throws(() => files("zstd", ["gzip"]), { code: "dump.tool_missing", message: /no zstd/ });
});
