import type { LabRecord } from "./lab-object.ts";
import type { MetadbServerOptions } from "./metadb/metadb.ts";
import type { LabOptions } from "./options.ts";
import type { LabNames } from "./state.ts";

/** Gives the hosts their addresses, in the order of regions and nodes, from .11 on; a bastion has .10. */
export function recordOf(names: LabNames, { log: _, ...options }: LabOptions): LabRecord {
  const nodes = options.regions.flatMap((region) => region.nodes);
  return {
    names,
    options,
    hosts: nodes.map((name, i) => ({ name, address: `${names.subnet}.${11 + i}`, index: i + 1 })),
    bastion: options.bastion
      ? { name: "bastion", address: `${names.subnet}.10`, index: nodes.length + 1 }
      : null,
    metadbs: metadbServers(options),
  };
}

/** The main server with rm and cm, and the second when a region wants its heartbeats there. */
export function metadbServers(options: Omit<LabOptions, "log">): MetadbServerOptions[] {
  const heartbeatsOn = (which: "main" | "second") =>
    options.regions
      .filter(({ metadb = "main" }) => metadb === which)
      .map(({ heartbeatDatabase }) => heartbeatDatabase);
  const server = {
    kind: options.metadb,
    user: options.metaUser,
    password: options.metaPassword,
    version: options.oldVersion,
    logStatements: options.logStatements,
    metaAccount: options.metaAccount,
    foreignDefiners: options.foreignDefiners,
    bigTableMegabytes: options.bigTableMegabytes,
    heartbeats: options.seed === "full" ? 200_000 : 2_000,
  };
  const main: MetadbServerOptions = {
    ...server,
    which: "main",
    databases: { ...options.databases, heartbeats: heartbeatsOn("main") },
  };
  const second: MetadbServerOptions = {
    ...server,
    bigTableMegabytes: 0,
    which: "second",
    databases: { rm: "", cm: "", heartbeats: heartbeatsOn("second") },
  };
  return second.databases.heartbeats.length > 0 ? [main, second] : [main];
}
