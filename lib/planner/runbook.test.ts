import assert from "node:assert/strict";
import { test } from "node:test";
import { runbook } from "#lib/domain/runbook/runbook.ts";
import { english } from "#lib/i18n/english.ts";
import {
  exampleFacts,
  exampleInventory,
  examplePlanId,
  exampleTarget,
  twoRegions,
} from "./example-deployments.ts";
import { assertGolden } from "./golden-plans.ts";
import { planUpgrade } from "./plan-upgrade.ts";

const inventory = exampleInventory(twoRegions);
const target = exampleTarget();
const plan = planUpgrade({
  planId: examplePlanId,
  inventory,
  facts: exampleFacts(twoRegions, target),
  target,
});

test("the runbook of two regions reads as it should", () => {
  assertGolden("runbook two regions", runbook(plan, "0".repeat(64), english));
});

test("every command of the plan stands in the runbook", () => {
  const text = runbook(plan, "0".repeat(64), english);
  for (const command of plan.steps.flatMap((step) => step.commands)) {
    assert.ok(text.includes(command.text), command.text);
  }
});

test("a hostile name does not become markup", () => {
  const text = runbook({ ...plan, deploymentName: "x\n# <script>`" }, "0".repeat(64), english);
  assert.match(text, /^# Upgrade x # \\<script\\>\\` from /);
});
