import { z } from "zod";
import { Compressor } from "./compression.ts";
import { ServerIdentity } from "./flavour.ts";
import { NodeId, RegionId } from "./ids.ts";
import { LockStanding, SeenLock } from "./lock.ts";
import { Text } from "./message.ts";
import { MetadbUse, OtherDeployment } from "./metadb-use.ts";

/** A bind mount of the container. */
export const Mount = z.object({
  source: z.string(),
  target: z.string(),
  readOnly: z.boolean(),
  /** More words behind the target, such as `z` or `rshared`. */
  mode: z.array(z.string()).optional(),
});
export type Mount = z.infer<typeof Mount>;

/** What `docker inspect` says of an OMS container. */
export const ContainerFacts = z.object({
  id: z.string(),
  name: z.string(),
  image: z.string(),
  imageId: z.string(),
  running: z.boolean(),
  startedAt: z.string(),
  mounts: z.array(Mount),
  /** Mounts that are no bind mounts; Uplift does not carry them over. */
  volumes: z
    .array(z.object({ type: z.string(), name: z.string(), target: z.string() }))
    .default([]),
  /** `name=soft:hard`, as `docker run --ulimit` takes it. */
  ulimits: z.array(z.string()).default([]),
  /** Other options of `docker run` that differ from the default; the new container gets them, too. */
  options: z.array(z.string()).default([]),
  /** Fields of `docker inspect` that say something that cannot be carried over. */
  refused: z.array(z.string()).default([]),
  /** `--restart`; `no` where it has none. */
  restartPolicy: z.string().default("no"),
  /** Whether Docker removes it when it is stopped (`--rm`). */
  autoRemove: z.boolean().default(false),
  /** Environment without the image's own part; values of secret-looking names are masked. */
  environment: z.array(z.string()),
  /** Labels without the image's own. */
  labels: z.record(z.string(), z.string()),
  networkMode: z.string(),
  privileged: z.boolean(),
});
export type ContainerFacts = z.infer<typeof ContainerFacts>;

/** The keys of `config.yaml` that matter here; secrets are left out. */
export const OmsConfigFacts = z.object({
  metaHost: z.string(),
  metaPort: z.number().int(),
  metaUser: z.string(),
  rmDatabase: z.string(),
  cmDatabase: z.string(),
  heartbeatDatabase: z.string(),
  cmUrl: z.string(),
  cmLocation: z.number().int(),
  cmRegion: z.string(),
  cmIsDefault: z.boolean(),
  cmNodes: z.array(z.string()),
  /** `nginx_server_port`, 8089 where the file does not say. */
  consolePort: z.number().int(),
  /** `cm_server_port`, 8088 where the file does not say. */
  cmPort: z.number().int().default(8088),
});
export type OmsConfigFacts = z.infer<typeof OmsConfigFacts>;

/** One key of config.yaml; nested keys are joined with dots. */
export const ConfigEntry = z.object({
  key: z.string(),
  /** The value as text; a secret's is a mark that differs when the secret differs, and tells nothing else. */
  value: z.string(),
  secret: z.boolean(),
});
export type ConfigEntry = z.infer<typeof ConfigEntry>;

/** Where the programs are that dump and restore. */
export const ToolPlace = z.enum(["host", "old-image", "new-image"]);
export type ToolPlace = z.infer<typeof ToolPlace>;

/** A dump program and the client that loads what it writes, of a host or of an image. */
export const DumpTool = z.object({
  place: ToolPlace.default("host"),
  /** Id of the image that has the programs; without it they are the host's own. */
  image: z.string().optional(),
  dump: z.string(),
  client: z.string(),
  /** What the dump program says of itself. */
  version: z.string(),
  clientVersion: z.string().default(""),
  /** Whether the dump program can be told what to say when it connects. */
  dumpTakesInit: z.boolean().default(false),
  /** What the programs say when they connect, because the server needs it. */
  initCommand: z.string().nullable().default(null),
  /** Options that this version knows, out of those Uplift would use. */
  options: z.array(z.string()),
  /** How the programs are told of TLS: by MySQL's `--ssl-mode`, by MariaDB's switches, or they cannot be. */
  tlsBy: z.enum(["mode", "switches", "nothing"]).default("nothing"),
  /** What the host can compress dumps with; none in facts of earlier releases. */
  compressors: z.array(Compressor).default([]),
});
export type DumpTool = z.infer<typeof DumpTool>;

/**
 * A dump and its restore, tried before anything is stopped: with the programs, the account and the database
 * of the plan, into a scratch database.
 */
export const DumpTrial = z.object({
  server: z.object({ host: z.string(), port: z.number().int() }),
  database: z.string(),
  tool: DumpTool,
  /** Null: all of it worked, and what was restored is what was dumped. */
  trouble: z
    .object({
      code: z.string(),
      /** The program's or the server's own words. */
      message: Text,
      remedy: Text,
    })
    .nullable(),
  /** Tables and views that were restored and compared, out of all. */
  restored: z.number().int(),
  of: z.number().int(),
  /** Triggers, routines and events that were created. */
  objects: z.number().int(),
  durationMs: z.number(),
});
export type DumpTrial = z.infer<typeof DumpTrial>;

const FactError = z.object({
  code: z.string(),
  message: Text,
  remedy: Text,
});
export type FactError = z.infer<typeof FactError>;

/** Why a trial has no outcome: the host or the server gave no answer meanwhile. */
const BrokenTrial = FactError.extend({ server: DumpTrial.shape.server, database: z.string() });

/** An image archive on a host, as `docker load` would take it. */
export const ArchiveFacts = z.object({
  path: z.string(),
  bytes: z.number(),
  compressed: z.boolean(),
  /** Whether docker save made it; null when nobody could tell, because it could not be unpacked. */
  isImage: z.boolean().nullable(),
  /** The tags in its manifest. */
  references: z.array(z.string()),
  /** Why it is no image, or could not be looked into. */
  trouble: z.string().nullable(),
});
export type ArchiveFacts = z.infer<typeof ArchiveFacts>;

/** Who listens on a port of a host. */
export const PortFacts = z.object({
  port: z.number().int(),
  holder: z.enum(["container", "other", "nobody"]),
  /** The process's name; null when nobody listens or it could not be seen. */
  process: z.string().nullable(),
});
export type PortFacts = z.infer<typeof PortFacts>;

/** What only a preflight looks at: slower, and of no interest to a page that shows health. */
export const NodeSurvey = z.object({
  account: z.object({ user: z.string(), root: z.enum(["direct", "sudo", "sudo-password"]) }),
  hostKey: z.string(),
  /** How long `docker version` took, milliseconds. */
  dockerMs: z.number(),
  /** Where Docker keeps images, and the room there. */
  dockerDisk: z.object({ path: z.string(), freeBytes: z.number() }).nullable(),
  archives: z.array(ArchiveFacts),
  /** Null: could not be looked up. */
  ports: z.array(PortFacts).nullable(),
  /** Under HTTPS only. */
  certificate: z
    .object({
      path: z.string(),
      expiresAt: z.iso.datetime().nullable(),
      trouble: z.string().nullable(),
    })
    .nullable(),
  logs: z.object({ path: z.string(), freeBytes: z.number() }).nullable(),
});
export type NodeSurvey = z.infer<typeof NodeSurvey>;

/** Everything one look at a node told. A part that could not be read is null, with its error beside it. */
export const NodeFacts = z.object({
  nodeId: NodeId,
  regionId: RegionId,
  name: z.string(),
  seenAt: z.iso.datetime(),
  skewMs: z.number().nullable(),
  dockerVersion: z.string().nullable(),
  container: ContainerFacts.nullable(),
  /** Names of all containers on the host, stopped ones included. */
  containerNames: z.array(z.string()),
  /** Image reference to image id, for the tags looked for. */
  images: z.record(z.string(), z.string()),
  configPath: z.string().nullable(),
  configSha256: z.string().nullable(),
  /** Hash of everything the file says, formatting aside: equal hashes mean "same configuration". */
  configFingerprint: z.string().nullable(),
  config: OmsConfigFacts.nullable(),
  /** Everything the file says; null when it could not be read. */
  configEntries: z.array(ConfigEntry).nullable().default(null),
  dumpTool: DumpTool.nullable(),
  /** All the programs that were found, in the order in which they are tried. */
  dumpTools: z.array(DumpTool).default([]),
  /** What compresses on the host. */
  compressors: z.array(Compressor).default([]),
  /** What was tried of dump and restore on this node. */
  trials: z.array(DumpTrial).default([]),
  brokenTrials: z.array(BrokenTrial).default([]),
  /** The addresses of its interfaces, in one spelling; null: not read. */
  addresses: z.array(z.string()).nullable().default(null),
  /** Names of MetaDB servers, as the node resolves them: none for one that leads nowhere. */
  resolved: z.record(z.string(), z.array(z.string())).default({}),
  backupDiskFreeBytes: z.number().nullable(),
  /** Of the host's /tmp, where Docker writes what it needs to start a process in a container. */
  tmpFreeBytes: z.number().nullable(),
  healthy: z.boolean().nullable(),
  https: z.boolean(),
  /** Who holds the node; null: nobody, or it could not be read. */
  lock: SeenLock.extend({ standing: LockStanding }).nullable(),
  /** Null unless the look was a preflight's and the node could be entered. */
  survey: NodeSurvey.nullable().default(null),
  errors: z.array(FactError),
});
export type NodeFacts = z.infer<typeof NodeFacts>;

export const DatabaseFacts = z.object({
  name: z.string(),
  exists: z.boolean(),
  characterSet: z.string().nullable(),
  collation: z.string().nullable(),
  tables: z.number().int(),
  views: z.number().int(),
  triggers: z.number().int(),
  routines: z.number().int(),
  events: z.number().int(),
  foreignKeys: z.number().int().default(0),
  /** Storage engines of its tables. */
  engines: z.array(z.string()).default([]),
  /** Null: not known, which is not 0. */
  bytes: z.number().nullable(),
  /** Whether it was told from a sample of rows, because the server's catalogue does not know. */
  bytesEstimated: z.boolean().default(false),
});
export type DatabaseFacts = z.infer<typeof DatabaseFacts>;

/** The links that OMS runs (docs/domain, section 3), deleted ones left out. */
export const ProjectFacts = z.object({
  kind: z.enum(["migration", "synchronization"]),
  /** Status to number of projects. */
  statuses: z.record(z.string(), z.number().int()),
  /** Names that more than one project of this kind has; at most 20. */
  duplicateNames: z.array(z.string()),
});
export type ProjectFacts = z.infer<typeof ProjectFacts>;

/** What one MySQL server told, seen through one node. */
export const ServerFacts = z.object({
  /** `metadb`, or the id of the region whose heartbeat database is elsewhere. */
  key: z.string(),
  host: z.string(),
  port: z.number().int(),
  viaNodeId: NodeId,
  version: z.string().nullable(),
  /** Which server it is; null in facts of earlier releases. */
  identity: ServerIdentity.nullable().default(null),
  /** How the session was encrypted ("TLSv1.3"), and whether the server proved who it is; null: it was not. */
  tls: z.object({ protocol: z.string(), verified: z.boolean() }).nullable().default(null),
  /** The log-in works as long as the server remembers the password; it would not be given it again. */
  rememberedOnly: z.boolean().default(false),
  databases: z.array(DatabaseFacts),
  missingRights: z.array(z.string()),
  /** Rights without which the server hides things that a dump would then leave out. */
  blindRights: z.array(z.string()),
  /** Rights on scratch databases without which no dump can be rehearsed; null: not looked at. */
  rehearsalRights: z.array(z.string()).nullable().default(null),
  /** Roles of the user that hold rights which the server does not tell. */
  unreadableRoles: z.array(z.string()).default([]),
  /** The least free room that the server itself tells of; null: it does not, as most do not. */
  freeBytes: z.number().nullable().default(null),
  /** The raw `ha.config`, on the MetaDB's server only. */
  haConfig: z.string().nullable(),
  /** On the MetaDB's server only; null when it was not looked at or could not be read. */
  projects: z.array(ProjectFacts).nullable().default(null),
  /** Who else uses it; null: not looked at, or it could not be read. */
  use: MetadbUse.nullable().default(null),
  errors: z.array(FactError),
});
export type ServerFacts = z.infer<typeof ServerFacts>;

export const DeploymentFacts = z.object({
  seenAt: z.iso.datetime(),
  nodes: z.array(NodeFacts),
  servers: z.array(ServerFacts),
  /** Other deployments that are registered on the same servers. */
  others: z.array(OtherDeployment).default([]),
});
export type DeploymentFacts = z.infer<typeof DeploymentFacts>;

/** One line of the checks page. */
export const Check = z.object({
  id: z.string(),
  title: Text,
  scope: z.string(),
  result: z.enum(["pass", "warning", "fail", "unknown"]),
  evidence: Text,
  remedy: Text.nullable(),
  /** What a person can confirm in writing, so that it is a warning: keys of confirmations; none are left when all was. */
  confirm: z.array(z.string()).optional(),
});
export type Check = z.infer<typeof Check>;
