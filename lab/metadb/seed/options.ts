import type { MetadbKind } from "../kind.ts";

/** What the databases of a deployment are called; one heartbeat database per region. */
export interface DatabaseNames {
  rm: string;
  cm: string;
  heartbeats: readonly string[];
}

export interface SeedOptions {
  kind: MetadbKind;
  /** The release whose schema the databases have. */
  version: string;
  /** Rows of each `heatbeat_sequence`. */
  heartbeats: number;
  /** The size of the table `oms_big` in the rm database; 0: there is none. */
  bigTableMegabytes: number;
}
