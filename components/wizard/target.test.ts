import assert from "node:assert/strict";
import { test } from "node:test";
import { RegionId } from "#lib/domain/ids.ts";
import { catalogue } from "#lib/oms/catalogue.ts";
import {
  initialTarget,
  proposalFor,
  suggestedContainerName,
  type TargetForm,
  targetHref,
  targetInQuery,
  versionChoices,
} from "./target.ts";

test("the new container's name is the old one's with the new version", () => {
  const cases: [string, string][] = [
    ["oms_330", "oms_331"],
    ["oms-3.3.0", "oms-3.3.1"],
    ["site_oms_3_3_0_a", "site_oms_3_3_1_a"],
    ["oms", "oms_331"],
  ];
  for (const [current, next] of cases) {
    assert.equal(suggestedContainerName(current, "3.3.0", "3.3.1"), next);
  }
  assert.equal(suggestedContainerName("oms_330", "3.3.0", "3.3"), "");
});

test("documented releases come first, older ones not at all", () => {
  const choices = versionChoices("3.3.0", catalogue);
  assert.deepEqual(
    choices.filter((choice) => choice.documented).map((choice) => choice.version),
    ["3.3.1", "4.0.0", "4.1.0"],
  );
  assert.equal(choices[0]?.version, "3.3.1");
  assert.ok(!choices.some((choice) => choice.version === "3.3.0"));
});

test("where one upgrade does not lead, the documented chain is proposed, with a name for each hop", () => {
  const deployment = { version: "3.2.2", containerName: "oms_322" };
  const choices = versionChoices("3.2.2", catalogue);
  const of = (version: string) => choices.find((choice) => choice.version === version);
  assert.deepEqual(of("3.3.1"), { version: "3.3.1", documented: false, over: ["3.3.0"] });
  assert.deepEqual(of("4.0.0"), { version: "4.0.0", documented: true, over: ["3.3.0"] });
  assert.deepEqual(proposalFor("3.3.1", deployment, choices).via, [
    { version: "3.3.0", image: "", containerName: "oms_330", imageArchive: "" },
  ]);
  assert.deepEqual(proposalFor("4.0.0", deployment, choices).via, []);
  // What only a chain leads to stands between what is documented and what is not.
  const ranks = choices.map(({ documented, over }) => (documented ? 0 : over ? 1 : 2));
  assert.deepEqual(ranks, ranks.toSorted());
  const typed = initialTarget({ version: "4.1.0" }, null, deployment, choices);
  const target = { ...typed, via: proposalFor("3.3.1", deployment, choices).via };
  assert.deepEqual(targetInQuery(targetHref(target)), target);
  assert.deepEqual(targetInQuery("version=3.3.1&via=[{]")?.via, []);
});

test("what was typed survives in the address", () => {
  const deployment = { version: "3.3.0", containerName: "oms_330" };
  const typed: TargetForm = {
    ...initialTarget({}, null, deployment, versionChoices(deployment.version, catalogue)),
    image: "oms:feature_3.3.1-ce",
    gates: ["stop", "ha-on"],
    initOverrules: [
      { regionId: RegionId.parse("reg_000000000000"), mode: "once", reason: "杭州: a & b" },
    ],
    confirmed: [{ key: "session:mon@10.9.9.9/oms_rm", reason: "监控 & 告警" }],
  };
  const query = targetHref(typed);
  assert.deepEqual(targetInQuery(query), typed);
  assert.equal(targetInQuery("plan=pln_1&step=checks"), null);
  assert.deepEqual(
    initialTarget(Object.fromEntries(new URLSearchParams(query)), null, deployment, []),
    typed,
  );
  assert.deepEqual(targetInQuery("version=3.3.1&initOverrules=nonsense")?.initOverrules, []);
  assert.deepEqual(targetInQuery("version=3.3.1&gates=init nonsense stop")?.gates, [
    "init",
    "stop",
  ]);
});
