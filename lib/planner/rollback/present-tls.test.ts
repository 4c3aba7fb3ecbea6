import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutTls } from "#lib/domain/tls.ts";
import {
  exampleFacts,
  exampleInventory,
  examplePlanId,
  exampleTarget,
  twoRegions,
} from "../example-deployments.ts";
import { planUpgrade } from "../plan-upgrade.ts";
import { withPresentTls } from "./present-tls.ts";

const inventory = exampleInventory(twoRegions);
const target = exampleTarget();
const facts = exampleFacts(twoRegions, target);
const plan = planUpgrade({ planId: examplePlanId, inventory, facts, target });
const tls = { ...withoutTls, mode: "required" } as const;

test("a way back takes the TLS that the server is registered with by now", () => {
  const now = { ...inventory, metadb: { ...inventory.metadb, tls } };
  const { steps } = withPresentTls(plan, now);
  assert.equal(steps.length, plan.steps.length);
  const routed = steps.filter((step) => "route" in step.params);
  assert.ok(routed.length > 0);
  for (const { params } of routed) {
    assert.ok("route" in params && params.route.server.tls.mode === "required");
  }
});

test("another server's TLS is not taken for it", () => {
  const now = { ...inventory, metadb: { ...inventory.metadb, host: "10.99.9.9", tls } };
  assert.deepEqual(withPresentTls(plan, now), plan);
});
