import { parseDocument } from "yaml";
import { z } from "zod";
import { UpliftError } from "#lib/domain/errors.ts";
import type { ConfigEntry, OmsConfigFacts } from "#lib/domain/facts.ts";
import { Secret } from "#lib/domain/secret.ts";
import { configEntries, mark } from "./config-entries.ts";

/** Larger files are not OMS configurations. */
const maxBytes = 1024 * 1024;

/** nginx's port where config.yaml does not name one (docs/domain, section 1). */
const defaultConsolePort = 8089;
/** The cluster manager's port where config.yaml does not name one. */
const defaultCmPort = 8088;

const text = z.union([z.string(), z.number()]).transform(String);
const whole = z
  .union([z.number(), z.string().regex(/^\d+$/)])
  .transform(Number)
  .pipe(z.int());
const flag = z.union([
  z.boolean(),
  z.enum(["true", "false", "True", "False", "TRUE", "FALSE"]).transform((word) => /^t/i.test(word)),
]);

/** The keys of config.yaml that Uplift reads; unknown ones are left alone (docs/domain, section 1). */
const OmsConfig = z.object({
  oms_meta_host: text,
  oms_meta_port: whole,
  oms_meta_user: text,
  oms_meta_password: text,
  drc_rm_db: text,
  drc_cm_db: text,
  drc_cm_heartbeat_db: text,
  cm_url: text,
  cm_location: whole,
  cm_region: text,
  cm_is_default: flag,
  nginx_server_port: whole.optional(),
  cm_server_port: whole.optional(),
  cm_nodes: z.union([
    z.array(text),
    text.transform((list) => list.split(/[,\s]+/).filter((node) => node !== "")),
  ]),
});

export interface ParsedOmsConfig {
  facts: OmsConfigFacts;
  metaPassword: Secret;
  /**
   * Hash of everything the file says, formatting and key order aside: nodes of a region with equal
   * fingerprints "have the same configuration file" (docs/domain, section 3.7). Comparable within this
   * process only.
   */
  fingerprint: string;
  /** Everything the file says, key by key, secrets masked. */
  entries: ConfigEntry[];
}

/**
 * Reads an OMS `config.yaml`.
 *
 * @throws UpliftError config.invalid, naming the key or the line; never a value, which may be a password
 */
export function parseOmsConfig(
  source: string,
  where: { host: string; path: string },
): ParsedOmsConfig {
  const invalid = (why: string, cause?: unknown) =>
    new UpliftError(
      "config.invalid",
      `${where.path} on ${where.host} is not an OMS configuration: ${why}.`,
      {
        host: where.host,
        remedy: `Mend ${where.path} on ${where.host}; it is the file mounted at /home/admin/conf/config.yaml.`,
        cause,
      },
    );
  if (Buffer.byteLength(source) > maxBytes) throw invalid("it is larger than 1 MiB");
  if (source.includes("\u0000")) {
    throw invalid("it holds zero bytes: save it as UTF-8, not UTF-16");
  }
  const document = parseDocument(source.replace(/^\uFEFF/, ""), {
    uniqueKeys: true,
    // The site's YAML reader (PyYAML) reads 1.1: `yes` and `on` are booleans there.
    version: "1.1",
  });
  const problem = document.errors[0];
  if (problem) {
    const line = problem.linePos?.[0].line;
    throw invalid(`${yamlProblem(problem.code)}${line === undefined ? "" : ` at line ${line}`}`);
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    const unresolved = cause instanceof Error && /unresolved/i.test(cause.message);
    throw invalid(
      unresolved
        ? "an alias (*name) names no anchor (&name) before it"
        : "its aliases (*name) unfold to more than a configuration can be",
      cause,
    );
  }
  const parsed = OmsConfig.safeParse(value);
  if (!parsed.success) {
    if (value === null || typeof value !== "object" || Array.isArray(value)) {
      throw invalid("it holds no keys");
    }
    const keys = [...new Set(parsed.error.issues.map((issue) => issue.path.join(".")))];
    throw invalid(`unusable or missing: ${keys.join(", ")}`);
  }
  const config = parsed.data;
  return {
    facts: {
      metaHost: config.oms_meta_host,
      metaPort: config.oms_meta_port,
      metaUser: config.oms_meta_user,
      rmDatabase: config.drc_rm_db,
      cmDatabase: config.drc_cm_db,
      heartbeatDatabase: config.drc_cm_heartbeat_db,
      cmUrl: config.cm_url,
      cmLocation: config.cm_location,
      cmRegion: config.cm_region,
      cmIsDefault: config.cm_is_default,
      cmNodes: config.cm_nodes,
      consolePort: config.nginx_server_port ?? defaultConsolePort,
      cmPort: config.cm_server_port ?? defaultCmPort,
    },
    metaPassword: new Secret(config.oms_meta_password),
    fingerprint: mark(sorted(value)),
    entries: configEntries(value as Record<string, unknown>),
  };
}

function yamlProblem(code: string): string {
  const words: Record<string, string> = {
    DUPLICATE_KEY: "a key stands twice",
    TAB_AS_INDENT: "a tab is used for indentation",
    MULTIPLE_DOCS: "it holds more than one document, parted by ---",
    MISSING_CHAR: "a quote or bracket is not closed",
  };
  return words[code] ?? "it is not valid YAML";
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
