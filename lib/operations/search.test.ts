import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createRun } from "#lib/store/create-run.ts";
import { ada, seedDeployment, seedPlan, temporaryStore } from "#lib/store/tests/fixtures.ts";
import { search } from "./search.ts";

let close: () => Promise<void>;
before(async () => {
  close = await temporaryStore();
});
after(() => close());

test("finds a deployment, its nodes by name and address, and its runs", async () => {
  const seed = await seedDeployment();
  const { plan, hash } = await seedPlan(seed);
  const runId = await createRun({ planId: plan.id, planHash: hash, actor: ada });
  const page = `/deployments/${seed.deploymentId}`;

  assert.deepEqual(
    (await search(ada, { text: seed.deploymentId.toUpperCase() })).map(({ href }) => href),
    [page, `/runs/${runId}`],
  );
  for (const text of ["hz-", "10.0.0.2"]) {
    assert.deepEqual(await search(ada, { text }), [
      { kind: "node", label: "hz-1", detail: `10.0.0.2, ${seed.deploymentId}`, href: page },
    ]);
  }
  assert.deepEqual(
    (await search(ada, { text: "3.3.1" })).map(({ href }) => href),
    [`/runs/${runId}`],
  );
});

test("nothing asked, nothing found; what means something to the database means nothing here", async () => {
  assert.deepEqual(await search(ada, { text: "  " }), []);
  assert.deepEqual(await search(ada, { text: "' OR 1=1 --" }), []);
});
