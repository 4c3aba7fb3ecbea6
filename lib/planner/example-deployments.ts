import { type DeploymentFacts, DumpTool, type NodeFacts } from "#lib/domain/facts.ts";
import { identifyServer } from "#lib/domain/flavour.ts";
import type { HaWay } from "#lib/domain/ha-ask.ts";
import type {
  CredentialId,
  DeploymentId,
  NodeId,
  PlanId,
  RegionId,
  SecretId,
} from "#lib/domain/ids.ts";
import { DeploymentSettings, type Inventory, type Region } from "#lib/domain/inventory.ts";
import type { MetadbUse } from "#lib/domain/metadb-use.ts";
import { type HopTarget, hopTargets, type UpgradeTarget } from "#lib/domain/plan.ts";
import { allNodes } from "#lib/domain/regions.ts";
import { withoutTls } from "#lib/domain/tls.ts";
import { databasePlaces } from "./places.ts";
import { type ServerSite, serverSites } from "./topology.ts";

/** Deployments for tests: a few words say which regions and nodes there are, and what differs. */
export interface Example {
  regions: {
    name: string;
    nodes: string[];
    isDefault?: boolean;
    /** Nodes of this region whose config.yaml differs from the others'. */
    different?: string[];
    /** The heartbeat database is on a server of its own. */
    ownServer?: boolean;
  }[];
  version?: string;
  haEnabled?: boolean;
  haWay?: HaWay;
  /** Nodes that lack the new image. */
  withoutImage?: string[];
}

const repository = "reg.docker.alibaba-inc.com/oceanbase/oms";
const id = <T>(prefix: string, text: string) =>
  `${prefix}_${text
    .replace(/[^a-z0-9]/g, "")
    .padEnd(12, "0")
    .slice(0, 12)}` as T;

export const examplePlanId = id<PlanId>("pln", "example");

/** @param via the releases on the way, in their order */
export function exampleTarget(version = "3.3.1", via: readonly string[] = []): UpgradeTarget {
  return {
    ...exampleHop(version),
    via: via.map(exampleHop),
    unlistedPathReason: null,
    gates: [],
    initOverrules: [],
    confirmed: [],
  };
}

function exampleHop(version: string): HopTarget {
  return {
    version,
    image: `${repository}:feature_${version}-ce`,
    containerName: `oms_${version.replaceAll(".", "")}`,
    imageArchive: null,
  };
}

export function exampleInventory(example: Example): Inventory {
  const passwordId = id<SecretId>("sec", "metadb");
  let host = 10;
  const regions = example.regions.map(
    (region, index): Region => ({
      id: id<RegionId>("reg", region.name),
      name: region.name,
      location: index + 1,
      isDefault: region.isDefault ?? index === 0,
      cmUrl: `http://10.77.0.${10 + index}:8088`,
      heartbeatDatabase: `oms_hb_${index + 1}`,
      heartbeatServer: region.ownServer
        ? {
            host: `10.77.9.${index + 1}`,
            port: 3306,
            user: "hb",
            passwordId: id("sec", `hb${index}`),
            tls: withoutTls,
          }
        : null,
      bastion: null,
      nodes: region.nodes.map((name) => {
        host += 1;
        return {
          id: id<NodeId>("nod", name),
          name,
          address: `10.77.0.${host}`,
          containerName: `oms_${(example.version ?? "3.3.0").replaceAll(".", "")}`,
          ssh: {
            host: `10.77.0.${host}`,
            port: 22,
            credentialId: id<CredentialId>("crd", "admin"),
            hostKeyFingerprint: `SHA256:${"A".repeat(43)}`,
          },
        };
      }),
    }),
  );
  return {
    id: id<DeploymentId>("dep", "example"),
    name: "OMS Example",
    version: example.version ?? "3.3.0",
    revision: 1,
    metadb: {
      host: "10.77.0.1",
      port: 3306,
      user: "oms@site#1",
      passwordId,
      tls: withoutTls,
      rmDatabase: "oms_rm",
      cmDatabase: "oms_cm",
    },
    settings: DeploymentSettings.parse({ haWay: example.haWay }),
    regions,
  };
}

/** What a look at an example would tell. */
export function exampleFacts(example: Example, target = exampleTarget()): DeploymentFacts {
  return healthyFacts(exampleInventory(example), target, example);
}

function imagesOf(target: UpgradeTarget): Record<string, string> {
  return Object.fromEntries(
    hopTargets(target).map(({ image, version }) => [
      image,
      version === target.version ? "sha256:new" : `sha256:${version}`,
    ]),
  );
}

/** What a look at a healthy deployment would tell. */
export function healthyFacts(
  inventory: Inventory,
  target: UpgradeTarget,
  example: Example = { regions: [] },
): DeploymentFacts {
  const seenAt = "2026-01-01T00:00:00.000Z";
  const different = new Set(example.regions.flatMap((region) => region.different ?? []));
  const nodes = allNodes(inventory).map(
    ({ node, region }): NodeFacts => ({
      nodeId: node.id,
      regionId: region.id,
      name: node.name,
      seenAt,
      skewMs: 3,
      dockerVersion: "20.10.24",
      container: {
        id: `container-${node.name}`,
        name: node.containerName,
        image: `${repository}:feature_${inventory.version}-ce`,
        imageId: "sha256:old",
        running: true,
        startedAt: seenAt,
        mounts: [
          { source: "/data/config.yaml", target: "/home/admin/conf/config.yaml", readOnly: false },
          { source: "/data/oms/oms_logs", target: "/home/admin/logs", readOnly: false },
        ],
        volumes: [],
        ulimits: ["nproc=65535:65535"],
        options: [],
        refused: [],
        restartPolicy: "no",
        autoRemove: false,
        environment: [`OMS_HOST_IP=${node.address}`],
        labels: {},
        networkMode: "host",
        privileged: true,
      },
      containerNames: [node.containerName],
      images: example.withoutImage?.includes(node.name) ? {} : imagesOf(target),
      configPath: "/data/config.yaml",
      configSha256: "c".repeat(64),
      configFingerprint: `${region.name}${different.has(node.name) ? node.name : ""}`,
      config: {
        metaHost: inventory.metadb.host,
        metaPort: inventory.metadb.port,
        metaUser: inventory.metadb.user,
        rmDatabase: inventory.metadb.rmDatabase,
        cmDatabase: inventory.metadb.cmDatabase,
        heartbeatDatabase: region.heartbeatDatabase,
        cmUrl: region.cmUrl,
        cmLocation: region.location,
        cmRegion: region.name,
        cmIsDefault: region.isDefault,
        cmNodes: region.nodes.map((one) => one.address),
        consolePort: 8089,
        cmPort: 8088,
      },
      configEntries: [
        { key: "cm_region", value: region.name, secret: false },
        { key: "oms_meta_password", value: "mark", secret: true },
        { key: "tsdb_enabled", value: String(different.has(node.name)), secret: false },
      ],
      dumpTool: DumpTool.parse({
        dump: "/usr/bin/mysqldump",
        client: "/usr/bin/mysql",
        version: "mysqldump  Ver 10.19",
        options: ["--single-transaction", "--quick", "--hex-blob"],
        compressors: ["zstd", "gzip"],
      }),
      dumpTools: [],
      compressors: ["zstd", "gzip"],
      trials: [],
      brokenTrials: [],
      addresses: [node.address],
      resolved: {},
      backupDiskFreeBytes: 50 * 1024 ** 3,
      tmpFreeBytes: 1024 ** 3,
      healthy: true,
      https: false,
      lock: null,
      survey: {
        account: { user: "admin", root: "sudo" },
        hostKey: node.ssh.hostKeyFingerprint,
        dockerMs: 90,
        dockerDisk: { path: "/var/lib/docker", freeBytes: 80 * 1024 ** 3 },
        archives: [],
        ports: [
          { port: 8089, holder: "container", process: "nginx" },
          { port: 8088, holder: "container", process: "java" },
        ],
        certificate: null,
        logs: { path: "/data/oms/oms_logs", freeBytes: 50 * 1024 ** 3 },
      },
      errors: [],
    }),
  );
  const version = "10.11.6-MariaDB";
  for (const place of databasePlaces(inventory)) {
    const node = nodes.find(({ nodeId }) => nodeId === place.node.id);
    if (!node?.dumpTool) continue;
    const { host, port } = place.server;
    node.trials.push({
      ...{ server: { host, port }, database: place.name, tool: node.dumpTool, trouble: null },
      ...{ restored: 5, of: 11, objects: 1, durationMs: 1200 },
    });
  }
  return {
    seenAt,
    nodes,
    servers: serverSites(inventory).map((site) => ({
      key: site.key,
      host: site.route.server.host,
      port: site.route.server.port,
      viaNodeId: site.route.via,
      version,
      identity: identifyServer({ version, comment: "" }),
      tls: null,
      rememberedOnly: false,
      databases: site.databases.map((name) => ({
        name,
        exists: true,
        characterSet: "utf8mb4",
        collation: "utf8mb4_general_ci",
        tables: 10,
        views: 1,
        triggers: name === "oms_rm" ? 1 : 0,
        routines: 0,
        events: 0,
        foreignKeys: 0,
        engines: ["InnoDB"],
        bytes: 1024 ** 2,
        bytesEstimated: false,
      })),
      missingRights: [],
      blindRights: [],
      rehearsalRights: [],
      unreadableRoles: [],
      freeBytes: null,
      haConfig:
        site.key === "metadb"
          ? `{"enable":${example.haEnabled ?? true},"refetchStoreIntervalMin":30}`
          : null,
      projects:
        site.key === "metadb"
          ? [
              { kind: "migration", statuses: { RUNNING: 2 }, duplicateNames: [] },
              { kind: "synchronization", statuses: { RUNNING: 3 }, duplicateNames: [] },
            ]
          : null,
      use: exampleUse(inventory, site),
      errors: [],
    })),
    others: [],
  };
}

/** Every node has a session, cm lists all nodes and regions, and nothing else is there. */
function exampleUse(inventory: Inventory, site: ServerSite): MetadbUse {
  const main = site.key === "metadb";
  const nodes = allNodes(inventory).filter(({ region }) =>
    region.heartbeatServer === null ? main : main || region.id === site.key,
  );
  const via = nodes.find(({ node }) => node.id === site.route.via)?.node.address ?? "";
  const listed = main ? nodes : [];
  return {
    own: { host: via, addresses: [via] },
    seesOthers: true,
    sessions: nodes.map(({ node: { address } }) => ({
      ...{ user: site.route.server.user, host: address, addresses: [address] },
      ...{ database: site.databases[0] ?? null, count: 2 },
    })),
    heartbeats: [],
    nodes: listed.map(({ node, region }) => ({
      ...{ table: `${inventory.metadb.cmDatabase}.cm_node`, address: node.address },
      ...{ region: region.name, lastSeen: "2026-01-01 00:00:00" },
    })),
    locations: (main ? inventory.regions : []).map(({ location, name }) => ({
      ...{ table: `${inventory.metadb.cmDatabase}.cm_location`, location, region: name },
    })),
  };
}

export const twoRegions: Example = {
  regions: [
    { name: "cn-hangzhou", nodes: ["hz-1", "hz-2"] },
    { name: "cn-heilongjiang", nodes: ["hlj-1", "hlj-2"] },
  ],
};
