import type { Inventory, Node, Region } from "./inventory.ts";

/** All nodes with their regions, default region first, otherwise in the user's order. */
export function allNodes(inventory: Pick<Inventory, "regions">): { node: Node; region: Region }[] {
  return regionsInOrder(inventory).flatMap((region) =>
    region.nodes.map((node) => ({ node, region })),
  );
}

/** The regions, the default one first: rm and cm are shared, and it is initialised first. */
export function regionsInOrder(inventory: Pick<Inventory, "regions">): Region[] {
  return [...inventory.regions].sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
}
