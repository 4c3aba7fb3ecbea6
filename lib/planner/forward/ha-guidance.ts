import type { HaWay } from "#lib/domain/ha-ask.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { SeenNode } from "./situation.ts";

/** How long a step waits for a person in the console, milliseconds: a day. */
const personPatienceMs = 24 * 60 * 60_000;

/** Limits of a step in which a person acts; a write of our own has those of its kind. */
export function haLimits(way: HaWay): { timeoutMs?: number; quietMs?: number } {
  return way === "guided" ? { timeoutMs: personPatienceMs, quietMs: personPatienceMs } : {};
}

/** Who switches HA, and in which console: that of the default region's first node. */
export function guidanceOf(
  inventory: Inventory,
  nodes: readonly SeenNode[],
): { way: HaWay; console: string } {
  const way = inventory.settings.haWay;
  const first = nodes.find(({ region }) => region.isDefault) ?? nodes[0];
  if (way === "direct" || !first) return { way, console: "" };
  const { node, seen, config } = first;
  const scheme = seen.https ? "https" : "http";
  return { way, console: `${scheme}://${node.address}:${config.consolePort}` };
}
