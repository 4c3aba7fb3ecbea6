import assert from "node:assert/strict";
import type { Lab } from "#lab/lab.ts";
import { describeTrouble, startRollback, waitForRun } from "#lab/product/journey.ts";
import type { Product } from "#lab/product/product.ts";
import { waitUntil } from "#lab/shell.ts";
import type { PlanView, RunView } from "#lib/services/views.ts";
import type { RollbackPoint } from "./cells.ts";

const fault = "init-fails-at-step-3";

/** Upgrades by a plan as far as the point, and rolls back from there; done when the old OMS is healthy again. */
export async function upgradeAndBack(
  point: RollbackPoint,
  lab: Lab,
  product: Product,
  plan: PlanView,
): Promise<void> {
  const failsAtInit = point === "after a failure at init";
  if (failsAtInit) for (const host of lab.allHosts) await host.setOmsFault(fault);
  const body = { planId: plan.id, planHash: plan.hash };
  const { id } = await product.ask<{ id: string }>("POST", "/runs", body);
  if (point === "after the upgrade") await waitForRun(product, id, ["succeeded"]);
  else assertStandsAt(point, await waitForRun(product, id, ["paused"]));
  if (failsAtInit) for (const host of lab.allHosts) await host.clearOmsFault(fault);

  await startRollback(product, id);
  await waitForRollback(product, id);
  for (const host of lab.allHosts)
    await waitUntil(`${host.name} to be healthy`, () => host.isHealthy(), { timeoutMs: 60_000 });
}

/** A run that stands for another reason than the one made for it has failed by itself. */
function assertStandsAt(point: RollbackPoint, view: RunView): void {
  const { pause, marks, steps } = view.state;
  const trouble = `it stands at ${pause?.stepIds.join(", ")}: ${describeTrouble(view)}`;
  assert.ok(marks.T1, trouble);
  if (point === "before the new start") {
    assert.partialDeepStrictEqual(pause, { reason: "gate", stepIds: ["gate.start"] }, trouble);
    return;
  }
  const failed = Object.values(steps).filter(({ error }) => error !== null);
  assert.ok(failed.length > 0 && failed.every(({ id }) => id.startsWith("init.")), trouble);
}

/** The command is a wish: until the run has turned round it stands as it did. */
async function waitForRollback(product: Product, id: string): Promise<void> {
  await waitUntil(
    "the run to turn round",
    async () => (await product.ask<RunView>("GET", `/runs/${id}`)).state.leg === "rollback",
    { timeoutMs: 60_000, everyMs: 250 },
  );
  await waitForRun(product, id, ["rolled-back"]);
}
