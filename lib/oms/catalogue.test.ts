import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue, upgradePath, versionOfImage } from "./catalogue.ts";

test("a path of the vendor's table is listed, another to the same release is not", () => {
  assert.equal(upgradePath("3.3.0", "3.3.1").listed, true);
  assert.equal(upgradePath("3.2.2", "3.3.1").listed, false);
});

test("a release that is not in the catalogue goes by the newest one below it", () => {
  const rulesOf = (version: string) => catalogue.releases.find((one) => one.version === version);
  // As texts "4.2.11" would be below "4.2.9", and "4.2.3" above "4.2.11".
  for (const [to, nearest] of [
    ["4.2.11", "4.2.9"],
    ["4.2.3", "4.2.2"],
  ] as const) {
    const { listed, release } = upgradePath("4.2.0", to);
    assert.equal(listed, false);
    assert.deepEqual(release, { ...rulesOf(nearest), version: to, from: [] });
  }
});

test("an image's tag names its version", () => {
  assert.equal(versionOfImage("reg.example.com/oceanbase/oms:feature_3.3.1-ce"), "3.3.1");
  assert.equal(versionOfImage("reg.example.com/oceanbase/oms:latest"), null);
});
