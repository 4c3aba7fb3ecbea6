import { z } from "zod";
import { NodeId } from "./ids.ts";

/** Sessions of one user from one host with one database in use, told together. */
export const SeenSessions = z.object({
  user: z.string(),
  /** As the server tells it, without the port. */
  host: z.string(),
  /** The addresses that the host stands for; none for a name that leads nowhere. */
  addresses: z.array(z.string()),
  database: z.string().nullable(),
  count: z.number().int(),
});
export type SeenSessions = z.infer<typeof SeenSessions>;

/** What one look told of who uses a MySQL server (lib/metadb/look-at-use.ts). */
export const MetadbUse = z.object({
  /** Where the look's own session comes from as the server tells it; null: it shows none. */
  own: z.object({ host: z.string(), addresses: z.array(z.string()) }).nullable(),
  /** Whether the user sees sessions of others. */
  seesOthers: z.boolean(),
  /** All but the look's own. */
  sessions: z.array(SeenSessions),
  /** Heartbeat databases that were watched for a while. */
  heartbeats: z.array(
    z.object({
      database: z.string(),
      /** Whether a new row came while it was watched. */
      moves: z.boolean(),
      /** Age of the newest row by the server's clock, seconds; null: not read. */
      newestSeconds: z.number().nullable(),
    }),
  ),
  /** What tables of cm list that may be nodes of OMS. */
  nodes: z.array(
    z.object({
      table: z.string(),
      address: z.string(),
      region: z.string().nullable(),
      lastSeen: z.string().nullable(),
    }),
  ),
  /** What tables of cm list that may be locations of OMS. */
  locations: z.array(
    z.object({ table: z.string(), location: z.number().int(), region: z.string().nullable() }),
  ),
});
export type MetadbUse = z.infer<typeof MetadbUse>;

/** What a person has put in writing about one thing that the checks would refuse or cannot tell. */
export const Confirmation = z.object({
  key: z.string().min(1).max(400),
  reason: z.string().trim().min(1, "Give a reason; plan and audit keep it.").max(2_000),
});
export type Confirmation = z.infer<typeof Confirmation>;

/** Another deployment that was registered on a server of this one. */
export const OtherDeployment = z.object({
  name: z.string(),
  /** `host:port` of the server. */
  at: z.string(),
  /** Its databases there. */
  databases: z.array(z.string()),
});
export type OtherDeployment = z.infer<typeof OtherDeployment>;

/** Who may use the databases: what a look at their use is compared with, from the preflight on. */
export const RegisteredUse = z.object({
  nodes: z.array(
    z.object({
      nodeId: NodeId,
      name: z.string(),
      /** What it is registered by, and the addresses of its interfaces that no other node has; in one spelling. */
      addresses: z.array(z.string()),
      /** The heartbeat database of its region, and the server that holds it. */
      heartbeat: z.object({ at: z.string(), database: z.string() }),
    }),
  ),
  locations: z.array(z.number().int()),
  /** The accounts of OMS and of Uplift. */
  users: z.array(z.string()),
  /** The deployment's databases by `host:port` of their server, and those that others registered there. */
  servers: z.array(
    z.object({
      at: z.string(),
      cmDatabase: z.string().nullable(),
      databases: z.array(z.string()),
      others: z.array(z.string()),
      /** Whether its sessions told which nodes use it, when the plan was made. */
      sessionsTell: z.boolean(),
    }),
  ),
  /** Whether tables of cm list the registered nodes, all of them. */
  listed: z.boolean(),
  confirmed: z.array(Confirmation),
});
export type RegisteredUse = z.infer<typeof RegisteredUse>;
