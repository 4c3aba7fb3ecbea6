import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Catalogue, catalogue } from "./catalogue.ts";
import { type UpgradeWays, upgradeWays } from "./upgrade-chain.ts";

describe("ways from a version to another", () => {
  const cases: [from: string, to: string, UpgradeWays][] = [
    ["3.2.2", "3.3.0", { direct: true, chain: null }],
    ["3.2.2", "3.3.1", { direct: false, chain: ["3.3.0", "3.3.1"] }],
    // Both ways are documented: the operator chooses.
    ["3.2.2", "4.0.0", { direct: true, chain: ["3.3.0", "4.0.0"] }],
    // Of two stations that make an equally short way the newer one.
    ["3.2.2", "4.1.0", { direct: true, chain: ["4.0.0", "4.1.0"] }],
    ["4.1.1", "4.2.0", { direct: true, chain: null }],
    ["4.1.1", "4.2.1", { direct: false, chain: ["4.2.0", "4.2.1"] }],
    ["4.1.1", "4.2.2", { direct: false, chain: ["4.2.0", "4.2.1", "4.2.2"] }],
    // Shorter than over 4.2.2.
    ["4.1.1", "4.2.9", { direct: false, chain: ["4.2.0", "4.2.9"] }],
    ["4.2.4", "4.2.9", { direct: true, chain: ["4.2.6", "4.2.9"] }],
    // Nothing leads to a release for fresh deployments, to an older or to an unknown one.
    ["4.1.0", "4.1.1", { direct: false, chain: null }],
    ["3.3.1", "4.2.2", { direct: false, chain: null }],
    ["4.2.2", "4.2.0", { direct: false, chain: null }],
    ["4.2.2", "4.2.2", { direct: false, chain: null }],
    ["4.2.2", "4.2.11", { direct: false, chain: null }],
    ["9.9.9", "4.2.2", { direct: false, chain: null }],
  ];
  for (const [from, to, wanted] of cases) {
    test(`${from} to ${to}`, () => assert.deepEqual(upgradeWays(from, to, catalogue), wanted));
  }
});

test("a catalogue that leads in a circle is searched to its end", () => {
  const release = (version: string, from: string[]) =>
    ({ version, from }) as Catalogue["releases"][number];
  const releases = [release("1.0.0", ["2.0.0"]), release("2.0.0", ["1.0.0"]), release("3.0.0", [])];
  assert.deepEqual(upgradeWays("3.0.0", "2.0.0", { releases }), { direct: false, chain: null });
  assert.deepEqual(upgradeWays("2.0.0", "2.0.0", { releases }).chain, null);
});
