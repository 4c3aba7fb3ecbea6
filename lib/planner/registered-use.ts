import { canonicalAddress } from "#lib/domain/address.ts";
import type { DeploymentFacts, ServerFacts } from "#lib/domain/facts.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { completeLists, sessionsCannotTell } from "#lib/domain/judge-use.ts";
import type { Confirmation, OtherDeployment, RegisteredUse } from "#lib/domain/metadb-use.ts";
import { allNodes } from "#lib/domain/regions.ts";
import { serverSites } from "./topology.ts";

/** `host:port`, by which a server is told in what a plan keeps of its use. */
export function serverName({ host, port }: { host: string; port: number }): string {
  return `${host}:${port}`;
}

/** The deployment's databases on each of its servers, and those of other deployments that were registered there. */
export function usedServers(
  inventory: Inventory,
  others: readonly OtherDeployment[],
): Omit<RegisteredUse["servers"][number], "sessionsTell">[] {
  const { cmDatabase } = inventory.metadb;
  return serverSites(inventory).map(({ key, route, databases }) => {
    const at = serverName(route.server);
    return {
      at,
      cmDatabase: key === "metadb" ? cmDatabase : null,
      databases,
      others: others.filter((one) => one.at === at).flatMap((one) => one.databases),
    };
  });
}

/** Who may use the databases, by what is registered and by what was seen of the nodes. */
export function registeredUse(
  inventory: Inventory,
  facts: DeploymentFacts,
  confirmed: readonly Confirmation[],
): RegisteredUse {
  const nodes = nodesOf(inventory, facts);
  const locations = inventory.regions.map(({ location }) => location);
  const accounts = [
    ...serverSites(inventory).map(({ route }) => route.server.user),
    ...facts.nodes.flatMap(({ config }) => config?.metaUser ?? []),
  ];
  const registered = { nodes, locations, users: [...new Set(accounts)] };
  return {
    ...registered,
    servers: usedServers(inventory, facts.others).map((server) => {
      const seen = facts.servers.find((one) => serverName(one) === server.at);
      return {
        ...server,
        sessionsTell: seen ? whyBlind(inventory, facts, seen, registered) === null : false,
      };
    }),
    listed: facts.servers.some(
      ({ use }) => use !== null && completeLists(use, registered).length > 0,
    ),
    confirmed: [...confirmed],
  };
}

/** Why the sessions of a server do not tell which nodes use it; null: they do. */
export function whyBlind(
  inventory: Inventory,
  facts: DeploymentFacts,
  { key, use, viaNodeId }: ServerFacts,
  registered: Pick<RegisteredUse, "nodes" | "locations" | "users">,
): string | null {
  if (!use) return "Its sessions were not looked at.";
  return sessionsCannotTell(use, registered, viaNodeId, runningOn(inventory, facts, key));
}

/** The nodes whose OMS runs and is to be seen on a server. */
function runningOn(inventory: Inventory, facts: DeploymentFacts, key: string): NodeId[] {
  const there = allNodes(inventory).filter(({ region }) => key === "metadb" || region.id === key);
  return there
    .map(({ node }) => node.id)
    .filter((id) =>
      facts.nodes.some((node) => node.nodeId === id && node.container?.running && node.healthy),
    );
}

/** A node is known by what it was registered by, and by its interfaces: sessions may come from any of them. */
function nodesOf(inventory: Inventory, facts: DeploymentFacts): RegisteredUse["nodes"] {
  const all = allNodes(inventory).map(({ node, region }) => ({
    node,
    region,
    own: facts.nodes.find(({ nodeId }) => nodeId === node.id)?.addresses ?? [],
  }));
  const holders = Map.groupBy(
    all.flatMap(({ own }) => own),
    (address) => address,
  );
  return all.map(({ node, region, own }) => {
    const registered = [node.address, node.ssh.host].map(
      (text) => canonicalAddress(text) ?? text.toLowerCase(),
    );
    // What several nodes have, such as the address of Docker's bridge, tells none of them from the others.
    const alone = own.filter((address) => holders.get(address)?.length === 1);
    const at = serverName(region.heartbeatServer ?? inventory.metadb);
    return {
      ...{ nodeId: node.id, name: node.name },
      addresses: [...new Set([...registered, ...alone])],
      heartbeat: { at, database: region.heartbeatDatabase },
    };
  });
}
