import { canonicalAddress, isLoopback } from "#lib/domain/address.ts";
import type { Check, DeploymentFacts, NodeFacts, OmsConfigFacts } from "#lib/domain/facts.ts";
import type { DatabaseServer, Inventory, Region } from "#lib/domain/inventory.ts";
import type { Confirmation } from "#lib/domain/metadb-use.ts";
import { compareUsers } from "#lib/domain/metadb-user.ts";
import { serverSites } from "../topology.ts";
import { check } from "./check.ts";

/** How the server that a node's config.yaml names relates to the registered one. */
export type Place =
  /** The same by name or address, or a person says so. */
  | "same"
  /** A name that leads to the registered address, and to others. */
  | "overlapping"
  | "other"
  /** One of the two could not be resolved. */
  | "unknown";

/** The server that a region's config.yaml is to name: where its heartbeat database is. */
export function serverOf(inventory: Inventory, region: Region): DatabaseServer {
  return region.heartbeatServer ?? inventory.metadb;
}

/** What a node's config.yaml says of the MetaDB, compared with what Uplift works on; null without a config. */
export function placeOf(
  inventory: Inventory,
  facts: Pick<DeploymentFacts, "nodes">,
  region: Region,
  node: NodeFacts,
): Place | null {
  if (!node.config) return null;
  const { metaHost, metaPort } = node.config;
  const server = serverOf(inventory, region);
  if (metaPort !== server.port) return "other";
  // Uplift reaches the server through a node of its own choice, so the registered name means what it means there.
  const via = viaOf(inventory, facts, region);
  const here = addressesAt(node, metaHost);
  const there = via ? addressesAt(via, server.host) : [];
  if (here.length === 0 || there.length === 0) {
    return metaHost.toLowerCase() === server.host.toLowerCase() ? "same" : "unknown";
  }
  const shared = here.filter((one) => there.includes(one));
  if (shared.length === 0) return "other";
  const isAll = shared.length === here.length && shared.length === there.length;
  return isAll || metaHost.toLowerCase() === server.host.toLowerCase() ? "same" : "overlapping";
}

function viaOf(
  inventory: Inventory,
  { nodes }: Pick<DeploymentFacts, "nodes">,
  region: Region,
): NodeFacts | undefined {
  const key = region.heartbeatServer ? region.id : "metadb";
  const via = serverSites(inventory).find((site) => site.key === key)?.route.via;
  return nodes.find(({ nodeId }) => nodeId === via);
}

/** The addresses that a host's name or address means on a node; none when that is not known. */
function addressesAt(node: NodeFacts, host: string): string[] {
  const address = canonicalAddress(host);
  const found = address === null ? (node.resolved[host] ?? []) : [address];
  // The node itself is better known to others by the addresses of its interfaces.
  return found.some(isLoopback) ? (node.addresses ?? []) : found;
}

/** Is the MetaDB that config.yaml names the one that Uplift works on? One for each node whose file was read. */
export function metadbChecks(
  inventory: Inventory,
  facts: Pick<DeploymentFacts, "nodes">,
  region: Region,
  confirmed: readonly Confirmation[],
): Check[] {
  const server = serverOf(inventory, region);
  return facts.nodes.flatMap((node) => {
    if (node.regionId !== region.id || !node.config) return [];
    const place = placeOf(inventory, facts, region, node) ?? "unknown";
    const account = compareUsers(node.config.metaUser, server.user);
    const key = confirmationKey(node.config, server);
    const reason = confirmed.find((one) => one.key === key)?.reason ?? null;
    const elsewhere = place === "other" || account === "other-tenant";
    const open = elsewhere || place === "unknown";
    const doubtful = place === "overlapping" || account !== "same";
    const result = open
      ? reason !== null
        ? "warning"
        : elsewhere
          ? "fail"
          : "unknown"
      : doubtful
        ? "warning"
        : "pass";
    const evidence = [
      `${node.configPath} on ${node.name} names ${named(node.config)}; registered is ${server.host}:${server.port} as ${server.user}.`,
      ...words(place, account, metaHostIsAlias(node, server)),
      ...(open && reason !== null ? [`Confirmed in writing: ${reason}`] : []),
    ].join(" ");
    const made = check(
      `config.metadb.${node.nodeId}`,
      node.name,
      "MetaDB of config.yaml",
      result,
      evidence,
      open
        ? `Register the MetaDB that OMS uses (edit the deployment), or correct ${node.configPath} on ${node.name} and restart OMS there. If both lead to the same databases, through a proxy for example, confirm that in writing.`
        : "Nothing, if it is meant: see that both lead to the same databases.",
    );
    return [open ? { ...made, confirm: reason === null ? [key] : [] } : made];
  });
}

/** Whether a person has said that a node's config.yaml leads to the registered MetaDB in spite of what it says. */
export function isConfirmed(
  config: OmsConfigFacts,
  server: DatabaseServer,
  confirmed: readonly Confirmation[],
): boolean {
  const key = confirmationKey(config, server);
  return confirmed.some((one) => one.key === key);
}

/** Bound to what both said when a person looked: with another host, port or user it is another question. */
function confirmationKey({ metaHost, metaPort, metaUser }: OmsConfigFacts, server: DatabaseServer) {
  return `metadb:${metaUser}@${metaHost}:${metaPort}=${server.user}@${server.host}:${server.port}`;
}

const named = ({ metaHost, metaPort, metaUser }: OmsConfigFacts) =>
  `${metaHost}:${metaPort} as ${metaUser}`;

function metaHostIsAlias({ config }: NodeFacts, server: DatabaseServer): boolean {
  return config?.metaHost.toLowerCase() !== server.host.toLowerCase();
}

function words(place: Place, account: ReturnType<typeof compareUsers>, isAlias: boolean): string[] {
  const places: Record<Place, string[]> = {
    same: isAlias ? ["Both are the same address."] : [],
    overlapping: ["The names share an address and have others besides."],
    other: ["These are not the same server."],
    unknown: ["Whether both are the same address could not be found out on the node."],
  };
  const accounts: Record<ReturnType<typeof compareUsers>, string[]> = {
    same: [],
    "other-account": ["They are different users of the same tenant."],
    unsaid: ["Only one of the users names a cluster."],
    "other-tenant": ["The users belong to different tenants, and so to different databases."],
  };
  return [...places[place], ...accounts[account]];
}
