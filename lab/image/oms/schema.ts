// Part of the OMS stand-in (a test double): what release the databases' schema is for.
import { compareVersions, type OmsConfig } from "./config.ts";
import { identifier, type Metadb } from "./metadb.ts";

/**
 * - ready: the services can run.
 * - newer: the schema belongs to a newer release; this one refuses it.
 * - needs-init: older, or not yet initialised for this node's configuration file.
 * - unreachable: the MetaDB or one of the databases cannot be read.
 */
export type Readiness = { state: "ready" | "newer" | "needs-init" | "unreachable"; reason: string };

/** The first release that knows high availability. */
export const firstWithHa = "3.3.0";

/** The first release that wants IS_UPGRADE=true. */
const firstWithUpgradeFlag = "3.3.1";

export function wantsUpgradeFlag(version: string): boolean {
  return compareVersions(version, firstWithUpgradeFlag) >= 0;
}

export async function readSchemaVersions(config: OmsConfig, metadb: Metadb) {
  const version = (database: string) =>
    `select version from ${identifier(database)}.oms_schema_version`;
  const [rm, cm, heartbeat] = await Promise.all([
    metadb.main(version(config.rm)),
    metadb.main(version(config.cm)),
    metadb.region(version(config.heartbeat)),
  ]);
  return [rm, cm, heartbeat].map((rows) => String(rows[0]?.version ?? "0"));
}

export async function readReadiness(config: OmsConfig, metadb: Metadb): Promise<Readiness> {
  try {
    const versions = await readSchemaVersions(config, metadb);
    const newer = versions.find((found) => compareVersions(found, config.version) > 0);
    if (newer !== undefined)
      return {
        state: "newer",
        reason: `the schema is for ${newer}, this is ${config.version}: refusing to start`,
      };
    const older = versions.find((found) => compareVersions(found, config.version) < 0);
    if (older !== undefined)
      return { state: "needs-init", reason: `the schema is for ${older}: run docker_init.sh` };
    if (config.isUpgrade && !(await isInitialised(config, metadb)))
      return { state: "needs-init", reason: "not initialised for this node's configuration file" };
    return { state: "ready", reason: "" };
  } catch (error) {
    return { state: "unreachable", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** True when docker_init.sh has run in this region with the same configuration file. */
async function isInitialised(config: OmsConfig, metadb: Metadb): Promise<boolean> {
  const rows = await metadb.main(
    `select 1 from ${identifier(config.rm)}.oms_region_init where region = ? and version = ? and config_hash = ?`,
    [config.regionName, config.version, config.hash],
  );
  return rows.length > 0;
}
