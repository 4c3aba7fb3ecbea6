import { z } from "zod";
import { By } from "./events.ts";
import type { Inventory, Node, Region } from "./inventory.ts";

export const CopyState = z.enum(["waiting", "copying", "proven", "failed"]);
export type CopyState = z.infer<typeof CopyState>;

/** A second copy as lists show it. */
export interface CopyView {
  state: CopyState;
  /** "this dashboard", or the node's name. */
  place: string;
  /** Paths of its files there. */
  paths: string[];
  copied: number;
  total: number;
  trouble: string | null;
  provenAt: string | null;
}

/** Who deleted a backup's files, and why. */
export const BackupDeletion = z.object({ by: By, reason: z.string() });
export type BackupDeletion = z.infer<typeof BackupDeletion>;

/** The dashboard as the place of a copy, beside the ids of nodes. */
export const dashboardPlace = "dashboard";

/**
 * The node that takes the second copy of what is on another: one of another region if there is one,
 * as far from the same fire as can be; null where there is no other node. Pure.
 */
export function nodeForCopy(inventory: Pick<Inventory, "regions">, of: string): Node | null {
  const own = inventory.regions.find(({ nodes }) => nodes.some(({ id }) => id === of));
  const others = (regions: readonly Region[]) =>
    regions.flatMap(({ nodes }) => nodes).filter(({ id }) => id !== of);
  const [elsewhere] = others(inventory.regions.filter(({ id }) => id !== own?.id));
  const [here] = others(own ? [own] : []);
  return elsewhere ?? here ?? null;
}

/** After so many failures in a row a copy is shown as failed; it is tried again all the same. */
const failuresShown = 3;

/** How a copy stands after a try that failed. Pure. */
export function stateAfterFailure(tries: number): CopyState {
  return tries >= failuresShown ? "failed" : "waiting";
}

/** How long a copy that failed so many times in a row waits, milliseconds: 5 s at first, 10 min at last. Pure. */
export function pauseBeforeCopy(tries: number): number {
  return Math.min(600_000, 5_000 * 2 ** Math.max(0, tries - 1));
}
