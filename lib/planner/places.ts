import type { DatabaseServer, Inventory, Node } from "#lib/domain/inventory.ts";
import { regionsInOrder } from "#lib/domain/regions.ts";

/** One database of a deployment, the server that has it, and the node that dumps and restores it. */
export interface DatabasePlace {
  /** Key of its backup; unique in the deployment. */
  key: string;
  role: "rm" | "cm" | "heartbeat";
  name: string;
  server: DatabaseServer;
  /** `metadb`, or the id of the region whose heartbeat database is elsewhere. */
  serverKey: string;
  node: Node;
}

/**
 * Every database with the node that will dump it. The dumps are spread over the nodes so that they share
 * neither disk nor processor where there are several. Pure.
 */
export function databasePlaces(inventory: Inventory): DatabasePlace[] {
  const { rmDatabase, cmDatabase, ...server } = inventory.metadb;
  const regions = regionsInOrder(inventory);
  const central = regions[0]?.nodes ?? [];
  const rmNode = central[0];
  const cmNode = central[1 % Math.max(1, central.length)];
  const here = { server, serverKey: "metadb" };
  return [
    ...(rmNode
      ? [{ ...here, key: "rm", role: "rm" as const, name: rmDatabase, node: rmNode }]
      : []),
    ...(cmNode
      ? [{ ...here, key: "cm", role: "cm" as const, name: cmDatabase, node: cmNode }]
      : []),
    ...regions.flatMap((region) => {
      const node = region.nodes.at(-1);
      const at = region.heartbeatServer;
      const place = at ? { server: at, serverKey: region.id } : here;
      const key = `heartbeat-${region.location}`;
      const name = region.heartbeatDatabase;
      return node ? [{ ...place, key, role: "heartbeat" as const, name, node }] : [];
    }),
  ];
}
