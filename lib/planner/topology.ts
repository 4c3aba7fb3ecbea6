import { type Compression, compressionFor } from "#lib/domain/compression.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type {
  DatabaseFacts,
  DeploymentFacts,
  DumpTool,
  DumpTrial,
  NodeFacts,
} from "#lib/domain/facts.ts";
import type { Inventory, Node, Region } from "#lib/domain/inventory.ts";
import type { PlanHost } from "#lib/domain/plan.ts";
import { allNodes, regionsInOrder } from "#lib/domain/regions.ts";
import type { SqlRoute } from "#lib/domain/step.ts";
import { type DatabasePlace, databasePlaces } from "./places.ts";

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

/** How the session with each server is secured, in a sentence. */
export function tlsWords(inventory: Inventory): string {
  const modes = serverSites(inventory).map(
    ({ route: { server } }) => `${server.tls.mode} (${server.host}:${server.port})`,
  );
  return `TLS mode of the MetaDB connection: ${modes.join(", ")}.`;
}

/**
 * Every database with the node that will dump it and what it dumps with.
 *
 * @throws UpliftError dump.tool_missing
 */
export function databaseSites(inventory: Inventory, facts: DeploymentFacts): DatabaseSite[] {
  return databasePlaces(inventory).map((place) => {
    const { key, role, name, server, serverKey, node } = place;
    const seen = facts.servers
      .find((one) => one.key === serverKey)
      ?.databases.find((database) => database.name === name);
    return {
      ...{ key, role, name, node },
      route: { server, via: node.id },
      ...storageOf(inventory, facts, place),
      seen: seen ?? null,
    };
  });
}

/** The trials of a database on the node that will dump it; the one that worked, if any, is the last. */
export function trialsOf(
  facts: Pick<DeploymentFacts, "nodes">,
  place: Pick<DatabasePlace, "node" | "server" | "name">,
): DumpTrial[] {
  const trials = facts.nodes.find((one) => one.nodeId === place.node.id)?.trials ?? [];
  return trials.filter((one) => isOf(place, one));
}

/** Whether a trial was of this database on this server. */
export function isOf(
  { server, name }: Pick<DatabasePlace, "server" | "name">,
  trial: Pick<DumpTrial, "server" | "database">,
): boolean {
  return (
    trial.database === name &&
    trial.server.host === server.host &&
    trial.server.port === server.port
  );
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

/** What has been found to dump a database, and how that is stored. @throws UpliftError dump.tool_missing */
function storageOf(
  { settings }: Inventory,
  facts: DeploymentFacts,
  place: DatabasePlace,
): Pick<DatabaseSite, "tool" | "compression"> {
  const { node } = place;
  const tried = trialsOf(facts, place).find(({ trouble }) => trouble === null);
  const tool = tried?.tool ?? facts.nodes.find((one) => one.nodeId === node.id)?.dumpTool;
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
