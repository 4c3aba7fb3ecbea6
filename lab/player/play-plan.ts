import { newId, PlanId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { requireInventory } from "#lib/services/inventory-reading.ts";
import { keepPlan, namesOf, pretendedCredential, register, underFreeName } from "./play.ts";
import type { Scene } from "./scenes.ts";

/**
 * Keeps a scene's plan as if its deployment had just been looked at, and starts no run: what the
 * wizard shows between its checks and its start.
 *
 * @returns the path of the wizard, without its step
 */
export async function playPlan(actor: Actor, scene: Scene): Promise<string> {
  const recording = await underFreeName(scene.recording);
  const [recorded] = recording.plans;
  if (!recorded) throw new RangeError("the recording has no plan");
  const { inventory } = recording;
  const deploymentId = await register(actor, inventory, await pretendedCredential(actor));
  const names = namesOf(inventory, await requireInventory(deploymentId));
  const planId = newId(PlanId, "pln");
  names.set(recorded.plan.id, planId);
  const begun = recording.events[0]?.at ?? new Date().toISOString();
  await keepPlan(actor, recorded, names, Date.now() - Date.parse(begun));
  return `/deployments/${deploymentId}/upgrade?plan=${planId}`;
}
