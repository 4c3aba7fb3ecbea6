import { z } from "zod";
import { RunEvent } from "#lib/domain/events.ts";
import { Check, type DeploymentFacts } from "#lib/domain/facts.ts";
import { Inventory } from "#lib/domain/inventory.ts";
import { Plan, UpgradeTarget } from "#lib/domain/plan.ts";
import { LogLine } from "#lib/realtime/protocol.ts";

/** A piece of a step's output, where the player's log is not numbered yet. */
export const RecordedPiece = LogLine.omit({ seq: true, offset: true });
export type RecordedPiece = z.infer<typeof RecordedPiece>;

/** A run with everything that the dashboard knows of it, as data: made by a lab or on a stage. */
export const Recording = z.object({
  inventory: Inventory,
  /** Of each leg that was started, forward first. */
  plans: z.array(
    z.object({
      plan: Plan,
      hash: z.string(),
      checks: z.array(Check),
      facts: z.custom<DeploymentFacts>().nullable(),
      target: UpgradeTarget.nullable(),
    }),
  ),
  events: z.array(RunEvent),
  log: z.array(RecordedPiece),
});
export type Recording = z.infer<typeof Recording>;

const ids = /\b(?:dep|reg|nod|crd|sec|pln|run|cmd)_[a-z0-9]{12}\b/g;
const hashes = /\b[0-9a-f]{64}\b/g;
const instants = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\b/g;

/**
 * The same thing under other names and at another time, wherever they are written, also in the text
 * of commands.
 *
 * @param names other ids and hashes by those that stand there
 * @param laterMs how much later it is to have happened
 */
export function renamed<T>(what: T, names: ReadonlyMap<string, string>, laterMs = 0): T {
  const other = (found: string) => names.get(found) ?? found;
  const later = (instant: string) => new Date(Date.parse(instant) + laterMs).toISOString();
  const text = JSON.stringify(what).replaceAll(ids, other).replaceAll(hashes, other);
  return JSON.parse(laterMs === 0 ? text : text.replaceAll(instants, later)) as T;
}
