import { z } from "zod";
import { CompressionWish } from "./compression.ts";
import { ServerFamily } from "./flavour.ts";
import { HaWay } from "./ha-ask.ts";
import { CredentialId, DeploymentId, NodeId, RegionId, SecretId } from "./ids.ts";
import { SecondCopy } from "./second-copy.ts";
import { ServerTls, withoutTls } from "./tls.ts";

/** Names are shown and searched, never run: any printable text, Chinese included. */
const displayName = z
  .string()
  .trim()
  .min(1, "Give a name.")
  .max(80, "At most 80 characters.")
  .refine((name) => !/\p{Cc}/u.test(name), "No control characters.");

const host = z
  .string()
  .trim()
  .min(1, "Give a host name or an address.")
  .max(253)
  .regex(/^[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?$/, "Not a host name or an IP address.");

const port = z.coerce.number("Give a port.").int().min(1, "1 to 65535").max(65535, "1 to 65535");

/** MySQL allows nearly everything in a name; what no dump file or shell line survives is refused. */
export const DatabaseName = z
  .string()
  .min(1, "Give a database name.")
  .max(64, "At most 64 characters.")
  .refine((name) => !/[\p{Cc}/\\]/u.test(name), "No control characters, slashes or backslashes.")
  .refine((name) => name === name.trim() && name !== "." && name !== "..", "Not a database name.");

/** A container's name as Docker allows it. */
export const ContainerName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{1,127}$/, "Letters, digits, _ . - ; at least two characters.");

/** An image reference: `registry/repository:tag`. */
export const ImageReference = z
  .string()
  .max(255)
  .regex(
    /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?(:[0-9]+)?(\/[a-z0-9]([a-z0-9._-]*[a-z0-9])?)*:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
    "An image reference with a tag, such as repository/oms:feature_3.3.1-ce.",
  );

/** An absolute path without surprises. */
export const AbsolutePath = z
  .string()
  .max(1024)
  .regex(/^\/[^\0\r\n]*$/, "An absolute path.")
  .refine((path) => !path.split("/").includes(".."), "No .. in the path.");

/** `3.3.0`, `4.2.11` */
export const OmsVersion = z.string().regex(/^\d+\.\d+\.\d+$/, "A version such as 3.3.1.");

/** A MySQL server as seen from the nodes. */
export const DatabaseServer = z.object({
  host,
  port: port.default(2883),
  user: z
    .string()
    .min(1, "Give a user.")
    .max(128)
    .refine((user) => !/\p{Cc}/u.test(user), "No control characters."),
  passwordId: SecretId,
  tls: ServerTls.default(withoutTls),
  /** What a server of no known kind is taken for, by the deployment's settings. */
  takenFor: ServerFamily.optional(),
});
export type DatabaseServer = z.infer<typeof DatabaseServer>;

/** How a host is entered; the secrets themselves are kept sealed in the store. */
export const SshAccess = z.object({
  host,
  port: port.default(22),
  credentialId: CredentialId,
  /** `SHA256:...`, pinned when the host was registered. */
  hostKeyFingerprint: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, "Not a SHA256 fingerprint."),
});
export type SshAccess = z.infer<typeof SshAccess>;

export const Node = z.object({
  id: NodeId,
  name: displayName,
  /** OMS_HOST_IP: the address under which the other nodes know this one. */
  address: host,
  /** The container that serves OMS on this node now. */
  containerName: ContainerName,
  ssh: SshAccess,
});
export type Node = z.infer<typeof Node>;

export const Region = z.object({
  id: RegionId,
  /** cm_region */
  name: displayName,
  /** cm_location, unique in the deployment (docs/domain, section 1). */
  location: z.coerce.number().int().min(0).max(127),
  isDefault: z.boolean(),
  cmUrl: z.string().max(255),
  heartbeatDatabase: DatabaseName,
  /** Where the heartbeat database is when it is not on the MetaDB's server. */
  heartbeatServer: DatabaseServer.nullable(),
  /** The SSH server through which this region's nodes are reached; null: directly. */
  bastion: SshAccess.nullable().default(null),
  nodes: z.array(Node),
});
export type Region = z.infer<typeof Region>;

export const DeploymentSettings = z.object({
  /** Directory on the nodes that holds the dumps. */
  backupDirectory: AbsolutePath.default("/home/admin/uplift-backups"),
  /** How dumps are stored; a tool that is named must be on every node. */
  compression: CompressionWish.default("auto"),
  /**
   * Dumps of databases below this size, in MiB, are restored for practice before the schema is
   * changed; 0: none.
   */
  rehearseBelowMiB: z.coerce.number().int().min(0).max(1_048_576).default(2048),
  /** Added to the outage for refetchStoreIntervalMin, in minutes; the vendor's FAQ advises 30. */
  refetchMarginMin: z.coerce.number().int().min(0).max(1440).default(30),
  /** Who switches HA: Uplift by a write to the MetaDB, or a person in the console. */
  haWay: HaWay.default("direct"),
  /** Run `supervisorctl restart oms_console` after HA is switched on by a write to the MetaDB. */
  restartConsoleAfterHa: z.boolean().default(true),
  /** How long a node may take to become healthy, in minutes. */
  healthTimeoutMin: z.coerce.number().int().min(1).max(240).default(15),
  /**
   * What a MetaDB server of no known kind is taken for; only an administrator may say so. A server that says what it is
   * is believed.
   */
  unknownMetadb: z.enum(["refuse", ...ServerFamily.options]).default("refuse"),
  /** Where a proven dump is copied to, beside the run and never before it. */
  secondCopy: SecondCopy.default("none"),
  /** The backups of so many upgrades stay, the newest ones. */
  keepBackups: z.coerce.number().int().min(0).max(1000).default(3),
  /** Backups younger than this stay, days. */
  keepBackupDays: z.coerce.number().int().min(0).max(3650).default(90),
  /** Whether Uplift deletes by itself what neither of the two keeps and no rollback needs. */
  deleteBackups: z.enum(["by-hand", "by-itself"]).default("by-hand"),
});
export type DeploymentSettings = z.infer<typeof DeploymentSettings>;

/** One OMS service as the user registered it. */
export const Inventory = z.object({
  id: DeploymentId,
  name: displayName,
  version: OmsVersion,
  /** Grows with every change: a plan made from an older revision is outdated. */
  revision: z.number().int(),
  metadb: DatabaseServer.extend({ rmDatabase: DatabaseName, cmDatabase: DatabaseName }),
  settings: DeploymentSettings,
  regions: z.array(Region).min(1),
});
export type Inventory = z.infer<typeof Inventory>;

/** Problems that single fields cannot show; each is a sentence for the form's summary. */
export function inventoryProblems(
  inventory: Pick<Inventory, "regions" | "metadb">,
): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = [];
  const { regions, metadb } = inventory;
  if (regions.filter((region) => region.isDefault).length !== 1) {
    problems.push({ path: "regions", message: "Exactly one region is the default one." });
  }
  for (const [label, values] of [
    ["region name", regions.map((region) => region.name)],
    ["location", regions.map((region) => String(region.location))],
    ["node name", regions.flatMap((region) => region.nodes.map((node) => node.name))],
    ["node address", regions.flatMap((region) => region.nodes.map((node) => node.address))],
    [
      "database",
      [
        metadb.rmDatabase,
        metadb.cmDatabase,
        ...regions.map(({ heartbeatDatabase, heartbeatServer: at }) =>
          at ? `${heartbeatDatabase} on ${at.host}:${at.port}` : heartbeatDatabase,
        ),
      ],
    ],
  ] as const) {
    for (const value of new Set(values.filter((one, index) => values.indexOf(one) !== index))) {
      problems.push({ path: "regions", message: `The ${label} ${value} is used twice.` });
    }
  }
  for (const region of regions) {
    if (region.nodes.length === 0) {
      problems.push({ path: "regions", message: `Region ${region.name} has no node.` });
    }
  }
  return problems;
}
