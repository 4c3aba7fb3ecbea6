import type { ClientTools } from "./image/client-tools.ts";
import type { MetaAccount } from "./metadb/accounts.ts";
import { type MetadbKind, toolsFor, usualMetadb, usualUser } from "./metadb/kind.ts";

/** One node of a region, by the name of its host. */
export interface RegionOptions {
  /** `cm_region`, e.g. "cn-hangzhou". */
  name: string;
  /** `cm_region_cn`, the name the console shows. */
  nameCn: string;
  /** `cm_location`, 0 to 127, unique per region. */
  location: number;
  isDefault: boolean;
  /** Host names; each becomes a host of the lab. */
  nodes: readonly string[];
  heartbeatDatabase: string;
  /** Where the region's heartbeat database is. "second" starts a second server of the same kind. Default: "main". */
  metadb?: "main" | "second";
}

export interface LabOptions {
  regions: readonly RegionOptions[];
  databases: { rm: string; cm: string };
  /** e.g. "3.3.0"; the tag is `feature_3.3.0-ce`. */
  oldVersion: string;
  newVersion: string;
  /** Releases on the way from the old to the new one, for upgrades in several hops. */
  via: readonly string[];
  /** The console is HTTPS only, with a self-signed certificate mounted. */
  https: boolean;
  /** A Docker Engine on each host. Without one a host is up in a tenth of a second. */
  docker: boolean;
  /** How long `docker_init.sh` takes in all. */
  initSeconds: number;
  /** 200,000 old heartbeats per region, or 2,000. */
  seed: "full" | "small";
  /** A table of that size in the rm database; 0: none. */
  bigTableMegabytes: number;
  metaUser: string;
  metaPassword: string;
  /** How the MetaDB's user came to his rights. */
  metaAccount: MetaAccount;
  /** The rm database has objects that somebody else has made, and the user may make such again. */
  foreignDefiners: boolean;
  rootPassword: string;
  adminPassword: string;
  /** Which hosts have the new image loaded already; its archive is on every host. */
  loadNewImage: boolean | readonly string[];
  /** A host beside the nodes, `lab.bastion`, from which alone they can be reached on port 22. */
  bastion: boolean;
  /** Start the old version's container on every host and wait until it is healthy. */
  startOld: boolean;
  /** Hosts whose config.yaml says something else than their region's other hosts' (`tsdb_enabled`). */
  configDifferences: readonly string[];
  /** The dumps' folder is a small disk of its own that outlives a power cut; 0: the host's own disk. */
  backupDiskMegabytes: number;
  /** The MetaDB writes every statement it is asked to a file (`Metadb.statementsFile`). */
  logStatements: boolean;
  /** Whose mysqldump and mysql the images bring. Default: those of the server's family. */
  imageTools: { old: ClientTools; new: ClientTools };
  /** Whose mysqldump and mysql the hosts have. */
  hostTools: ClientTools;
  /** Which server the MetaDB is. */
  metadb: MetadbKind;
  /** Called with a line for each thing done and how long it took. */
  log: (line: string) => void;
}

export const demoRegions: readonly RegionOptions[] = [
  {
    name: "cn-hangzhou",
    nameCn: "杭州",
    location: 0,
    isDefault: true,
    nodes: ["hz-1", "hz-2"],
    heartbeatDatabase: "oms_cm_heartbeat_1",
  },
  {
    name: "cn-heilongjiang",
    nameCn: "黑龙江",
    location: 1,
    isDefault: false,
    nodes: ["hlj-1", "hlj-2"],
    heartbeatDatabase: "oms_cm_heartbeat_2",
  },
];

const defaultOptions: Omit<LabOptions, "metadb" | "metaUser" | "imageTools"> = {
  regions: demoRegions,
  databases: { rm: "oms_rm", cm: "oms_cm" },
  oldVersion: "3.3.0",
  newVersion: "3.3.1",
  via: [],
  https: false,
  docker: true,
  initSeconds: 2,
  seed: "small",
  bigTableMegabytes: 0,
  metaPassword: "Meta $db's 1",
  metaAccount: "all",
  foreignDefiners: true,
  rootPassword: "root-of-the-lab",
  adminPassword: "admin-of-the-lab",
  loadNewImage: false,
  bastion: false,
  startOld: true,
  configDifferences: [],
  backupDiskMegabytes: 0,
  logStatements: false,
  hostTools: "mariadb",
  log: () => undefined,
};

/** What is not given is as at most sites. */
export function completeOptions(given: Partial<LabOptions>): LabOptions {
  const { metadb = usualMetadb() } = given;
  const tools = toolsFor(metadb);
  const byServer = { metadb, metaUser: usualUser(metadb), imageTools: { old: tools, new: tools } };
  return { ...defaultOptions, ...byServer, ...given };
}

/** The image name sites use for a release, e.g. 4.2.11 with `_ce` and 3.3.1 with `-ce`. */
export function imageName(version: string): string {
  const suffix = version === "4.2.11" ? "_ce" : "-ce";
  return `reg.docker.alibaba-inc.com/oceanbase/oms:feature_${version}${suffix}`;
}

/** Where an image's archive is on every host. */
export function archiveOnHost(version: string): string {
  return `/data/images/oms-${version}.tar`;
}

/** `oms_330` for 3.3.0. */
export function containerName(version: string): string {
  return `oms_${version.replaceAll(".", "")}`;
}
