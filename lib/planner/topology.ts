import { type Compression, compressionFor } from "#lib/domain/compression.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { DatabaseFacts, DeploymentFacts, DumpTool, NodeFacts } from "#lib/domain/facts.ts";
import type { DatabaseServer, Inventory, Node, Region } from "#lib/domain/inventory.ts";
import type { PlanHost } from "#lib/domain/plan.ts";
import { allNodes, regionsInOrder } from "#lib/domain/regions.ts";
import type { SqlRoute } from "#lib/domain/step.ts";

/** One database of the deployment: where it is, who reaches it, who dumps it. */
export interface DatabaseSite {
  /** Key of its backup; unique in the deployment. */
  key: string;
  role: "rm" | "cm" | "heartbeat";
  name: string;
  route: SqlRoute;
  /** The node that dumps and restores it. */
  node: Node;
  tool: DumpTool;
  /** How its dump is stored. */
  compression: Compression;
  /** What a look at it told; null when it was not seen. */
  seen: DatabaseFacts | null;
  hasObjects: boolean;
}

/** A server to connect to, with the node to go through and the databases to find there. */
export interface ServerSite {
  /** `metadb`, or the id of the region whose heartbeat database is elsewhere. */
  key: string;
  route: SqlRoute;
  databases: string[];
}

/** The nodes through which a deployment's databases are reached: each region's first, the default region's for rm and cm. */
export function serverSites(inventory: Inventory): ServerSite[] {
  const { rmDatabase, cmDatabase, ...server } = inventory.metadb;
  const regions = regionsInOrder(inventory);
  const main = regions[0] ? firstNode(regions[0]) : null;
  if (!main) return [];
  const here = regions.filter((region) => region.heartbeatServer === null);
  const sites: ServerSite[] = [
    {
      key: "metadb",
      route: { server, via: main.id },
      databases: [rmDatabase, cmDatabase, ...here.map((region) => region.heartbeatDatabase)],
    },
  ];
  for (const region of regions) {
    const node = firstNode(region);
    if (region.heartbeatServer && node) {
      sites.push({
        key: region.id,
        route: { server: region.heartbeatServer, via: node.id },
        databases: [region.heartbeatDatabase],
      });
    }
  }
  return sites;
}

/**
 * Every database with the node that will dump it. The dumps are spread over the nodes so that they
 * share neither disk nor processor where there are several.
 *
 * @throws UpliftError dump.tool_missing
 */
export function databaseSites(inventory: Inventory, facts: DeploymentFacts): DatabaseSite[] {
  const { rmDatabase, cmDatabase, ...server } = inventory.metadb;
  const regions = regionsInOrder(inventory);
  const central = regions[0]?.nodes ?? [];
  const sites: DatabaseSite[] = [];
  const add = (
    key: string,
    role: DatabaseSite["role"],
    name: string,
    at: DatabaseServer,
    serverKey: string,
    node: Node | undefined,
  ) => {
    if (!node) return;
    const seen = facts.servers
      .find((one) => one.key === serverKey)
      ?.databases.find((database) => database.name === name);
    sites.push({
      key,
      role,
      name,
      route: { server: at, via: node.id },
      node,
      ...storageOf(inventory, facts, node),
      seen: seen ?? null,
      hasObjects: seen !== undefined && seen.triggers + seen.routines + seen.events > 0,
    });
  };
  add("rm", "rm", rmDatabase, server, "metadb", central[0]);
  add("cm", "cm", cmDatabase, server, "metadb", central[1 % Math.max(1, central.length)]);
  for (const region of regions) {
    add(
      `heartbeat-${region.location}`,
      "heartbeat",
      region.heartbeatDatabase,
      region.heartbeatServer ?? server,
      region.heartbeatServer ? region.id : "metadb",
      region.nodes.at(-1),
    );
  }
  return sites;
}

/** The nodes with the facts seen of them, default region first. */
export function nodesWithFacts(
  inventory: Inventory,
  facts: DeploymentFacts,
): { node: Node; region: Region; seen: NodeFacts; key: string }[] {
  const keys = slugs(allNodes(inventory).map(({ node }) => node.name));
  return allNodes(inventory).flatMap(({ node, region }, index) => {
    const seen = facts.nodes.find((one) => one.nodeId === node.id);
    return seen ? [{ node, region, seen, key: keys[index] ?? node.id }] : [];
  });
}

export function planHosts(inventory: Inventory, facts: DeploymentFacts): PlanHost[] {
  return allNodes(inventory).map(({ node, region }) => ({
    nodeId: node.id,
    name: node.name,
    address: node.address,
    regionId: region.id,
    region: region.name,
    dumpTool: facts.nodes.find(({ nodeId }) => nodeId === node.id)?.dumpTool ?? null,
  }));
}

/**
 * Names as parts of step ids: ASCII, unique, readable where the name is. A name without a usable
 * character becomes a number.
 */
export function slugs(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const base =
      name
        .normalize("NFKD")
        .replace(/[^A-Za-z0-9_-]+/g, "-")
        .replace(/^-+|-+$/g, "")
        .slice(0, 60) || String(index + 1);
    let slug = base;
    for (let count = 2; taken.has(slug); count++) slug = `${base}-${count}`;
    taken.add(slug);
    return slug;
  });
}

function firstNode(region: Region): Node | null {
  return region.nodes[0] ?? null;
}

/** What a node dumps with, and how it stores that. @throws UpliftError dump.tool_missing */
function storageOf(
  { settings }: Inventory,
  facts: DeploymentFacts,
  node: Node,
): Pick<DatabaseSite, "tool" | "compression"> {
  const tool = facts.nodes.find((one) => one.nodeId === node.id)?.dumpTool;
  const missing = (what: string, remedy: string) =>
    new UpliftError("dump.tool_missing", `There is no ${what} on ${node.name}.`, {
      host: node.name,
      remedy,
    });
  if (!tool) {
    throw missing(
      "mysqldump",
      `Install the MySQL or MariaDB client on ${node.name}, then check again.`,
    );
  }
  const compression = compressionFor(settings.compression, tool.compressors);
  if (compression) return { tool, compression };
  throw missing(
    settings.compression,
    `Install ${settings.compression} on ${node.name}, or choose another compression in the settings; then check again.`,
  );
}
