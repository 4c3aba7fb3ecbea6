import assert from "node:assert/strict";
import { test } from "node:test";
import { replay } from "#lib/domain/apply-event.ts";
import { databasePlaces, nodePlaces } from "#lib/domain/run-view/places.ts";
import { hostNames } from "#lib/domain/run-view/step-words.ts";
import { type SceneName, scene } from "./scenes.ts";

async function placesAt(name: SceneName) {
  const { recording, upTo } = await scene(name, { nodes: 4, names: "short" });
  const plans = recording.plans.map(({ plan }) => plan);
  const run = replay(recording.events.slice(0, upTo));
  const plan = plans.at(-1);
  assert.ok(run && plan);
  const names = hostNames(plans);
  return { nodes: nodePlaces(plan, run, names), databases: databasePlaces(plan, run, names) };
}

test("the node that initialises is the one that is busy; the others have begun and wait", async () => {
  const { nodes } = await placesAt("init");
  const busy = nodes.filter(({ status }) => status === "running");
  assert.equal(busy.length, 1);
  assert.match(busy[0]?.doing ?? "", /^Initialising the metadata/);
  assert.ok(busy[0]?.since);
  for (const { status, done, all, doing } of nodes.filter((node) => node !== busy[0])) {
    assert.equal(status, "pending");
    assert.equal(doing, null);
    assert.ok(done > 0 && done < all);
  }
});

test("what has failed is said before what runs, and all is done when it is", async () => {
  const failed = await placesAt("failed");
  assert.equal(failed.nodes.filter(({ status }) => status === "failed").length, 1);
  const { nodes, databases } = await placesAt("succeeded");
  assert.ok(nodes.every(({ status, done, all }) => status === "succeeded" && done === all));
  assert.ok(databases.every(({ status }) => status === "succeeded"));
});

test("each database that is dumped has a place", async () => {
  const { databases } = await placesAt("backup");
  const names = databases.map(({ database }) => database);
  for (const wanted of ["oms_rm", "oms_cm", "oms_cm_hb_1", "oms_cm_hb_2"])
    assert.ok(names.includes(wanted), `${wanted} of ${names}`);
  assert.ok(databases.some(({ status }) => status === "running"));
});
