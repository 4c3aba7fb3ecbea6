import { z } from "zod";

/**
 * The kinds of servers that hold a MetaDB, and everything in which they differ. No other file asks
 * which server it is: it asks the flavour for what it needs (docs/metadb.md has the sources).
 */
export const ServerFamily = z.enum(["oceanbase", "mysql", "mariadb"]);
export type ServerFamily = z.infer<typeof ServerFamily>;

/** Which server it is, by its own words. */
export const ServerIdentity = z.object({
  family: ServerFamily,
  /** Major, minor, patch. Of OceanBase its own number, not the MySQL release that it names. */
  release: z.tuple([z.number().int(), z.number().int(), z.number().int()]),
  /** `VERSION()` as the server gave it. */
  version: z.string(),
});
export type ServerIdentity = z.infer<typeof ServerIdentity>;

/** What a server says of itself: `VERSION()` and `@@version_comment`. */
export interface ServerWords {
  version: string;
  comment: string;
}

/** What MySQL and builds of the same source put behind their number. */
const mysqlSuffix =
  /^\d+\.\d+\.\d+(?:[-.](?:\d[\w.~+]*|log|debug|cluster|commercial|enterprise|community|google|rds[\w.]*|ubuntu[\w.~+]*|deb[\w.~+]*))*$/i;

/**
 * Which server it is; null for one of no known kind, with which nothing has been tried.
 *
 * @param assumed what an administrator has said that a server of no known kind is to be taken for
 */
export function identifyServer(
  { version, comment }: ServerWords,
  assumed: ServerFamily | null = null,
): ServerIdentity | null {
  const family = familyOf(version, comment) ?? assumed;
  if (family === null) return null;
  return { family, release: releaseOf(family, version, comment), version };
}

function familyOf(version: string, comment: string): ServerFamily | null {
  if (/oceanbase/i.test(`${version} ${comment}`)) return "oceanbase";
  if (/mariadb/i.test(version)) return "mariadb";
  return mysqlSuffix.test(version) ? "mysql" : null;
}

function releaseOf(
  family: ServerFamily,
  version: string,
  comment: string,
): ServerIdentity["release"] {
  // "5.7.25-OceanBase-v4.2.1.2", "OceanBase 4.3.5.3 seekdb (r1.4.0.0)"; "5.5.5-10.11.6-MariaDB".
  const own =
    family === "oceanbase"
      ? (/OceanBase(?:_CE)?[ -]v?(\d+\.\d+\.\d+)/i.exec(comment) ??
        /OceanBase(?:_CE)?-v(\d+\.\d+\.\d+)/i.exec(version))
      : family === "mariadb"
        ? /(\d+\.\d+\.\d+)-MariaDB/i.exec(version)
        : null;
  const text = own?.[1] ?? /\d+\.\d+\.\d+/.exec(version)?.[0] ?? "";
  const [major = 0, minor = 0, patch = 0] = text.split(".").map(Number);
  return [major, minor, patch];
}

/** In what a flavour differs from the others. */
export interface Flavour {
  /** As a person calls it. */
  name: string;
  /** Whether it has events, and `information_schema.EVENTS`. */
  hasEvents: boolean;
  /** Whether `SHOW CREATE` and `information_schema` agree on who owns a view: OceanBase keeps no definer. */
  viewsHaveDefiners: boolean;
  /** Whether it keeps sizes of tables that can be relied on. */
  knowsSizes: boolean;
  /** Whether a dropped database may stay in a recycle bin, from which it can be brought back. */
  hasRecycleBin: boolean;
  /** Whether SHOW GRANTS leaves out what an account may do through its roles. */
  grantsHideRoles: boolean;
  /** Any one of these lets an account create objects that belong to somebody else. */
  definerRights: readonly string[];
  /** How an account is let see the bodies of routines that belong to somebody else. */
  seesRoutinesBy: string;
  /** Whether foreign keys can only be created with REFERENCES. */
  needsReferences: boolean;
  /** What a session of our own is set to, as assignments of SET SESSION. @param timeoutMs of a statement */
  session(timeoutMs: number): string[];
  /** What a client program has to be told when it connects; null: nothing. */
  clientInit: string | null;
}

/** Longest time that one statement of a client program may take, hours; only OceanBase asks. */
const clientStatementHours = 12;

const flavours: { readonly [F in ServerFamily]: (release: ServerIdentity["release"]) => Flavour } =
  {
    oceanbase: () => ({
      name: "OceanBase",
      hasEvents: false,
      viewsHaveDefiners: false,
      knowsSizes: false,
      hasRecycleBin: true,
      grantsHideRoles: true,
      definerRights: ["SUPER"],
      seesRoutinesBy: "GRANT ALTER ROUTINE, EXECUTE on the database",
      needsReferences: false,
      session: (timeoutMs) => obTimeouts(timeoutMs),
      clientInit: `SET ${obTimeouts(clientStatementHours * 3_600_000).join(", ")}`,
    }),
    mysql: ([major]) => ({
      name: "MySQL",
      hasEvents: true,
      viewsHaveDefiners: true,
      knowsSizes: true,
      hasRecycleBin: false,
      grantsHideRoles: false,
      definerRights: major >= 8 ? ["SET_ANY_DEFINER", "SET_USER_ID", "SUPER"] : ["SUPER"],
      seesRoutinesBy: major >= 8 ? "GRANT SHOW_ROUTINE ON *.*" : "GRANT SELECT ON mysql.proc",
      needsReferences: true,
      // MySQL 8 answers sizes of a day ago unless it is told not to.
      session: () => (major >= 8 ? ["information_schema_stats_expiry = 0"] : []),
      clientInit: null,
    }),
    mariadb: ([major, minor]) => ({
      name: "MariaDB",
      hasEvents: true,
      viewsHaveDefiners: true,
      knowsSizes: true,
      hasRecycleBin: false,
      grantsHideRoles: false,
      definerRights: ["SET USER", "SUPER"],
      seesRoutinesBy:
        major > 11 || (major === 11 && minor >= 3)
          ? "GRANT SHOW CREATE ROUTINE on the database"
          : "GRANT SELECT ON mysql.proc",
      needsReferences: false,
      session: () => [],
      clientInit: null,
    }),
  };

/** OceanBase ends a statement after 10 s, and some releases a transaction after 100 s; both in µs. */
function obTimeouts(milliseconds: number): string[] {
  const microseconds = Math.ceil(milliseconds) * 1000;
  return [`ob_query_timeout = ${microseconds}`, `ob_trx_timeout = ${microseconds}`];
}

/** What the server is like. */
export function flavourOf({ family, release }: ServerIdentity): Flavour {
  return flavours[family](release);
}

/** "OceanBase 4.3.5" */
export function serverName(server: ServerIdentity): string {
  return `${flavourOf(server).name} ${server.release.join(".")}`;
}
