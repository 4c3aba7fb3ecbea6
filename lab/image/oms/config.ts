// Part of the OMS stand-in, a test double that runs inside a lab container in place of the real OMS.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";

const configFile = "/home/admin/conf/config.yaml";

export interface Server {
  host: string;
  port: number;
  user: string;
  password: string;
}

export interface OmsConfig {
  /** Where rm and cm are. */
  main: Server;
  /** Where this region's heartbeat database is: what config.yaml says. */
  region: Server;
  rm: string;
  cm: string;
  heartbeat: string;
  regionName: string;
  nodes: string[];
  hostIp: string;
  ports: { nginx: number; cm: number; supervisor: number };
  /** Of the settings and not of the file's bytes: nodes with the same one share an initialisation. */
  hash: string;
  isUpgrade: boolean;
  version: string;
}

/** The release this image stands in for, e.g. "3.3.1". */
const version = readFileSync("/opt/oms/version", "utf8").trim();

export const certificate = {
  crt: "/etc/pki/nginx/oms_server.crt",
  key: "/etc/pki/nginx/oms_server.key",
};

const required = [
  "oms_meta_host",
  "oms_meta_port",
  "oms_meta_user",
  "oms_meta_password",
  "drc_rm_db",
  "drc_cm_db",
  "drc_cm_heartbeat_db",
  "drc_user",
  "drc_password",
  "cm_url",
  "cm_location",
  "cm_nodes",
];

/** Reads config.yaml and the environment. Throws with the reason when OMS would refuse them. */
export function readConfig(): OmsConfig {
  if (!existsSync(configFile)) throw new Error(`${configFile}: no such file`);
  const parsed: unknown = parse(readFileSync(configFile, "utf8"));
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw new Error(`${configFile}: not a mapping`);
  const values = parsed as Record<string, unknown>;
  const missing = required.filter((key) => values[key] === undefined || values[key] === null);
  if (missing.length > 0) throw new Error(`${configFile}: ${missing.join(", ")} missing`);
  const text = (key: string) => String(values[key]);
  const number = (key: string, low: number, high: number, fallback?: number) => {
    const value = Number(values[key] ?? fallback);
    if (!Number.isInteger(value) || value < low || value > high)
      throw new Error(`${configFile}: ${key} must be a number from ${low} to ${high}`);
    return value;
  };
  number("cm_location", 0, 127);
  if (!Array.isArray(values.cm_nodes) || values.cm_nodes.length === 0)
    throw new Error(`${configFile}: cm_nodes must be a list`);
  const nodes = values.cm_nodes.map(String);
  const hostIp = process.env.OMS_HOST_IP ?? "";
  if (hostIp === "") throw new Error("OMS_HOST_IP is not set");
  if (!nodes.includes(hostIp)) throw new Error(`OMS_HOST_IP ${hostIp} is not one of cm_nodes`);
  const region = {
    host: text("oms_meta_host"),
    port: number("oms_meta_port", 1, 65535),
    user: text("oms_meta_user"),
    password: text("oms_meta_password"),
  };
  return {
    main: mainServer() ?? region,
    region,
    rm: text("drc_rm_db"),
    cm: text("drc_cm_db"),
    heartbeat: text("drc_cm_heartbeat_db"),
    regionName: String(values.cm_region ?? "default"),
    nodes,
    hostIp,
    ports: {
      nginx: number("nginx_server_port", 1, 65535, 8089),
      cm: number("cm_server_port", 1, 65535, 8088),
      supervisor: number("supervisor_server_port", 1, 65535, 9000),
    },
    hash: createHash("sha256")
      .update(JSON.stringify(Object.entries(values).sort()))
      .digest("hex")
      .slice(0, 16),
    isUpgrade: process.env.IS_UPGRADE === "true",
    version,
  };
}

/** A region whose heartbeat database is on a server of its own is told by the lab where rm and cm are. */
function mainServer(): Server | undefined {
  const file = "/home/ds/run/lab-main-metadb.json";
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Server) : undefined;
}

/** -1, 0 or 1 as release a is older than, the same as, or newer than b. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}
