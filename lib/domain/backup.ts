import { z } from "zod";
import { Compression } from "./compression.ts";
import { NodeId } from "./ids.ts";

/** What a database held when it was dumped; of a practice backup: just after it was. */
export const DatabaseManifest = z.object({
  characterSet: z.string(),
  collation: z.string(),
  serverVersion: z.string(),
  tables: z.array(z.object({ name: z.string(), rows: z.number().int() })),
  views: z.array(z.string()),
  triggers: z.array(z.string()),
  routines: z.array(z.string()),
  events: z.array(z.string()),
});
export type DatabaseManifest = z.infer<typeof DatabaseManifest>;

/** One file of a dump, as measured on the host. */
export const DumpFile = z.object({
  path: z.string(),
  /** As it is stored, compressed or not; the SHA-256 is of this. */
  bytes: z.number().int(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  compression: Compression.default("none"),
  /** Of the SQL text in it; null in backups of earlier releases, which are not compressed. */
  textBytes: z.number().int().nullable().default(null),
});
export type DumpFile = z.infer<typeof DumpFile>;

/** A dump of one database: tables in one file; triggers, routines and events in another, if any. */
export const Backup = z.object({
  /**
   * `rm`, `cm` or `heartbeat-LOCATION`: unique in a run, also where servers differ and names do not. In
   * an upgrade of several hops with the hop in front (`h2.rm`): the backup was made before that hop.
   */
  key: z.string(),
  database: z.string(),
  role: z.enum(["rm", "cm", "heartbeat"]),
  nodeId: NodeId,
  data: DumpFile,
  objects: DumpFile.nullable(),
  /** True once the file was read again and found whole. */
  proven: z.boolean(),
  manifest: DatabaseManifest.nullable(),
  /** The release whose data it holds; null in backups of earlier releases of Uplift. */
  version: z.string().nullable().default(null),
  /** Version of the tool that made it; null in backups of earlier releases. */
  tool: z.string().nullable().default(null),
  /** True once it was restored into a scratch database and compared with the database it came from. */
  rehearsed: z.boolean().default(false),
  /**
   * Dumped for practice while OMS ran: the dump is of one moment, the row counts of the manifest are of a
   * later one.
   */
  live: z.boolean().default(false),
});
export type Backup = z.infer<typeof Backup>;
