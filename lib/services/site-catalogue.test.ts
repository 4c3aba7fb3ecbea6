import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { catalogue, withSiteReleases } from "#lib/oms/catalogue.ts";
import { upgradePath } from "#lib/oms/upgrade-path.ts";
import { assess } from "#lib/planner/assess.ts";
import {
  exampleFacts,
  exampleInventory,
  examplePlanId,
  exampleTarget,
  twoRegions,
} from "#lib/planner/example-deployments.ts";
import { planUpgrade } from "#lib/planner/plan-upgrade.ts";
import { readCatalogue } from "./site-catalogue.ts";

const directory = mkdtempSync(join(tmpdir(), "uplift-catalogue-"));
after(() => rmSync(directory, { recursive: true }));

function file(content: unknown): string {
  const path = join(directory, "releases.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

const next = {
  ...{ version: "4.3.0", from: ["4.2.9"], ha: true, isUpgradeFlag: true },
  startConsoleOnOtherNodes: false,
  warnings: [{ text: "Ask the vendor about 4.3.0.", fromBelow: "4.3.0" }],
};

test("a release is added by data alone: path, checks and plan know it", () => {
  const site = withSiteReleases(
    catalogue,
    readCatalogue(file({ version: "bank-1", releases: [next] })),
  );
  assert.equal(upgradePath("4.2.9", "4.3.0", catalogue).unlisted === null, false);
  assert.equal(upgradePath("4.2.9", "4.3.0", site).unlisted, null);

  const example = { ...twoRegions, version: "4.2.9" };
  const target = exampleTarget("4.3.0");
  const [inventory, facts] = [exampleInventory(example), exampleFacts(example, target)];
  const listed = (known: typeof site) =>
    assess(inventory, facts, target, known).find(({ id }) => id === "path.listed")?.result;
  assert.equal(listed(catalogue), "fail");
  assert.equal(listed(site), "pass");
  const plan = planUpgrade({ planId: examplePlanId, inventory, facts, target, catalogue: site });
  assert.ok(plan.warnings.includes("Ask the vendor about 4.3.0."));
  assert.equal(plan.catalogueVersion, `${catalogue.version} + bank-1`);
  assert.deepEqual(
    plan.steps.filter(({ kind }) => kind === "services.start"),
    [],
  );
});

test("a site's release takes the place of the vendor's of the same version", () => {
  const own = { ...next, version: "4.2.9", from: ["3.3.1"], warnings: [] };
  const site = withSiteReleases(catalogue, { version: "bank-2", releases: [own] });
  assert.equal(site.releases.length, catalogue.releases.length);
  assert.equal(upgradePath("3.3.1", "4.2.9", site).unlisted, null);
  assert.notEqual(upgradePath("4.2.0", "4.2.9", site).unlisted, null);
});

test("a file that is no catalogue is refused with its path and what is wrong", () => {
  const { from: _, ...withoutFrom } = next;
  for (const [content, said] of [
    ["{", /cannot be used: .*JSON/],
    [{ version: "x", releases: [withoutFrom] }, /from/],
    [{ version: "x", releases: [{ ...next, ah: true }] }, /ah/],
    [{ version: "x", releases: [next, next] }, /twice/],
    [{ version: "x", releases: [{ ...next, version: "4.3" }] }, /version/],
  ] as const) {
    const path = file(content);
    assert.throws(
      () => readCatalogue(path),
      (error: Error) =>
        error.name === "ConfigInvalid" && error.message.includes(path) && said.test(error.message),
    );
  }
  assert.throws(
    () => readCatalogue(join(directory, "none.json")),
    /cannot be used: .*no such file/,
  );
});
