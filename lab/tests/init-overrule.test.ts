import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Inventory } from "#lib/domain/inventory.ts";
import { english } from "#lib/i18n/english.ts";
import type { PlanView } from "#lib/services/views.ts";
import { Scene } from "./trouble-scene.ts";

/** A region whose nodes' files differ: what the files say to docker_init.sh, and a person who knows better. */
let scene: Scene;
let deploymentId: string;
let regionId: string;
const reason = "tsdb is read by the console at its start, not by docker_init.sh";

before(async () => {
  scene = await Scene.open({ nodes: ["hz-1", "hz-2"], configDifferences: ["hz-2"] });
  // A second difference, which nobody may see.
  await scene.lab
    .host("hz-2")
    .mustExec(
      "sed 's/^drc_password:.*/drc_password: seen-nowhere/' /data/config.yaml >/tmp/c && cat /tmp/c >/data/config.yaml",
    );
  deploymentId = await scene.register();
  const known = await scene.product.ask<Inventory>("GET", `/deployments/${deploymentId}`);
  regionId = known.regions[0]?.id ?? "";
});

after(() => scene?.close());

const initsOf = ({ plan }: PlanView) =>
  plan?.steps.filter(({ kind }) => kind === "metadata.init").map(({ id }) => id);

test("the files decide: they differ, so each node is initialised, and the plan shows in what", async () => {
  const plan = await scene.plan(deploymentId);
  assert.deepEqual(initsOf(plan), ["init.hz-1", "init.hz-2"]);
  const [decision] = plan.plan?.initialisation ?? [];
  assert.deepEqual(
    decision?.differences.map(({ key, secret }) => [key, secret]),
    [
      ["drc_password", true],
      ["tsdb_enabled", false],
    ],
  );
  assert.doesNotMatch(JSON.stringify(plan), /seen-nowhere/);
});

test("an overrule wants a reason, a mode and a region of this deployment", async () => {
  for (const wrong of [
    { regionId, mode: "once", reason: "  " },
    { regionId, mode: "twice", reason },
    { mode: "once", reason },
  ]) {
    await assert.rejects(
      scene.plan(deploymentId, { initOverrules: [wrong] }),
      /request\.invalid|400/,
    );
  }
  const elsewhere = { regionId: "reg_zzzzzzzzzzzz", mode: "once", reason };
  const refused = await scene.plan(deploymentId, { initOverrules: [elsewhere] });
  assert.equal(refused.plan, null);
  assert.match(
    english(refused.checks.find(({ result }) => result === "fail")?.evidence ?? ""),
    /region that is not there: reg_zzzzzzzzzzzz/,
  );
});

test("overruled, it runs once; the reason is in the plan and its checks", async () => {
  const overrule = { regionId, mode: "once", reason };
  const plan = await scene.plan(deploymentId, { initOverrules: [overrule] });
  assert.deepEqual(initsOf(plan), ["init.hz-1"]);
  const check = plan.checks.find(({ title }) => title === "Same configuration file");
  assert.equal(check?.result, "warning");
  assert.ok(english(check.evidence).includes(reason));
  assert.ok(plan.plan?.warnings.some((warning) => english(warning).includes(reason)));
  assert.equal(plan.plan?.initialisation[0]?.overruledBecause, reason);
});
