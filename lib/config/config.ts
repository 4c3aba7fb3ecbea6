import { resolve } from "node:path";
import { z } from "zod";

const flag = z
  .enum(["0", "1", "true", "false", ""])
  .default("")
  .transform((value) => value === "1" || value === "true");

/** An unset variable and an empty one mean the same: `UPLIFT_URL= npm start`. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const Environment = z.object({
  UPLIFT_DATA: z.string().min(1).default("./data"),
  UPLIFT_HOST: z.string().min(1).default("127.0.0.1"),
  UPLIFT_PORT: z.coerce.number("a port number").int().min(1).max(65535).default(3000),
  UPLIFT_URL: optional(
    z
      .url({ protocol: /^https?$/, error: "an address such as https://uplift.example.com" })
      .refine((url) => new URL(url).pathname === "/", "an address without a path"),
  ),
  UPLIFT_TRUST_PROXY: flag,
  UPLIFT_SECRET_KEY: optional(
    z
      .string()
      .refine(
        (text) => /^[A-Za-z0-9+/]{43}=$/.test(text),
        "32 random bytes in base64: openssl rand -base64 32",
      ),
  ),
  DATABASE_URL: optional(
    z.never("reserved: this version keeps its data in UPLIFT_DATA; unset DATABASE_URL"),
  ),
  UPLIFT_CATALOGUE: optional(z.string()),
  UPLIFT_ENGINE: z.enum(["on", "off", ""], "on or off").default("on"),
  UPLIFT_JOB_RETENTION_DAYS: optional(
    z.coerce.number("a number of days").min(0).max(3650, "at most 3650 days"),
  ),
  UPLIFT_HOST_PATIENCE_SECONDS: optional(
    z.coerce
      .number("a number of seconds")
      .min(5, "at least 5 seconds")
      .max(3600, "at most an hour"),
  ),
  UPLIFT_DEV: flag,
  UPLIFT_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

const jobRetentionDays = 7;
const hostPatienceSeconds = 120;

/** Everything that the environment decides. */
export interface Config {
  /** Absolute path of the directory that holds uplift.db and secret.key. */
  dataDir: string;
  host: string;
  port: number;
  /** The origin under which browsers reach the dashboard, without a trailing slash. */
  origin: string;
  /** Whether `origin` was given with UPLIFT_URL. */
  behindProxy: boolean;
  /** Whether the last entry of X-Forwarded-For names the client. */
  trustProxy: boolean;
  /** Base64 of 32 bytes; null: the key file in the data directory. */
  secretKey: string | null;
  /** Absolute path of a file with releases of the site; null: the vendor's only. */
  catalogueFile: string | null;
  /** Whether runs are carried out; otherwise they are only shown. */
  engine: boolean;
  /** How long job directories stay on hosts after their run's end, milliseconds. */
  jobRetentionMs: number;
  /** How long a step waits for a host that gives no answer, milliseconds. */
  patienceMs: number;
  dev: boolean;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

/** The environment holds something that cannot be used; the message names every such variable. */
export class ConfigInvalid extends Error {
  override readonly name = "ConfigInvalid";
}

/** Reads the configuration. Pure. @throws ConfigInvalid */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    // The values stay out of the message: one of them is a key.
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new ConfigInvalid(`The environment is not usable:\n${lines.join("\n")}`);
  }
  const env = parsed.data;
  const host = env.UPLIFT_HOST.includes(":") ? `[${env.UPLIFT_HOST}]` : env.UPLIFT_HOST;
  const reachable = host === "0.0.0.0" || host === "[::]" ? "127.0.0.1" : host;
  return {
    dataDir: resolve(env.UPLIFT_DATA),
    host: env.UPLIFT_HOST,
    port: env.UPLIFT_PORT,
    origin: env.UPLIFT_URL
      ? new URL(env.UPLIFT_URL).origin
      : `http://${reachable}:${env.UPLIFT_PORT}`,
    behindProxy: env.UPLIFT_URL !== undefined,
    trustProxy: env.UPLIFT_TRUST_PROXY,
    secretKey: env.UPLIFT_SECRET_KEY ?? null,
    catalogueFile: env.UPLIFT_CATALOGUE ? resolve(env.UPLIFT_CATALOGUE) : null,
    engine: env.UPLIFT_ENGINE !== "off",
    patienceMs: (env.UPLIFT_HOST_PATIENCE_SECONDS ?? hostPatienceSeconds) * 1000,
    jobRetentionMs: (env.UPLIFT_JOB_RETENTION_DAYS ?? jobRetentionDays) * 24 * 3_600_000,
    dev: env.UPLIFT_DEV,
    logLevel: env.UPLIFT_LOG,
  };
}

let current: Config | undefined;

/** The configuration of this process, read once. @throws ConfigInvalid */
export function config(): Config {
  current ??= readConfig(process.env);
  return current;
}
