import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue, versionOfImage } from "./catalogue.ts";
import { upgradePath } from "./upgrade-path.ts";

test("a path of the vendor's table is listed, another to the same release is not", () => {
  assert.equal(upgradePath("3.3.0", "3.3.1", catalogue).unlisted, null);
  assert.match(upgradePath("3.2.2", "3.3.1", catalogue).unlisted ?? "", /not from 3\.2\.2/);
});

test("a release that is not in the catalogue goes by the newest one below it", () => {
  const rulesOf = (version: string) => catalogue.releases.find((one) => one.version === version);
  // As texts "4.2.11" would be below "4.2.9", and "4.2.3" above "4.2.11".
  for (const [to, nearest] of [
    ["4.2.11", "4.2.9"],
    ["4.2.3", "4.2.2"],
  ] as const) {
    const { unlisted, release } = upgradePath("4.2.0", to, catalogue);
    assert.match(unlisted ?? "", /not in the catalogue/);
    assert.deepEqual(release, { ...rulesOf(nearest), version: to, from: [] });
  }
});

test("an image's tag names its version", () => {
  assert.equal(versionOfImage("reg.example.com/oceanbase/oms:feature_3.3.1-ce"), "3.3.1");
  assert.equal(versionOfImage("reg.example.com/oceanbase/oms:latest"), null);
});

test("the vendor's table is in the catalogue, line by line (docs/domain, section 5)", () => {
  const table = {
    "3.3.0": ["3.2.2"],
    "3.3.1": ["3.3.0"],
    "4.0.0": ["3.2.2", "3.3.0", "3.3.1"],
    "4.1.0": ["3.2.2", "3.3.0", "3.3.1", "4.0.0"],
    "4.1.1": [],
    "4.2.0": ["4.1.1"],
    "4.2.1": ["4.2.0"],
    "4.2.2": ["4.2.1"],
    "4.2.6": ["4.2.4", "4.2.5"],
    "4.2.9": ["4.2.0", "4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.2.5", "4.2.6", "4.2.7", "4.2.8"],
  };
  assert.deepEqual(
    Object.fromEntries(catalogue.releases.map(({ version, from }) => [version, from])),
    table,
  );
});

test("a warning is given on the paths that it concerns", () => {
  const said = (from: string, to: string) => upgradePath(from, to, catalogue).warnings.join(" ");
  assert.match(said("3.2.2", "3.3.0"), /dbType/);
  assert.match(said("3.2.2", "4.0.0"), /dbType.*unique.*cache/);
  assert.doesNotMatch(said("3.3.1", "4.0.0"), /dbType/);
  assert.equal(said("3.3.0", "3.3.1"), "");
  assert.doesNotMatch(said("4.2.0", "4.2.1"), /unique/);
  assert.match(said("4.2.0", "4.2.1"), /cache/);
});
