import { sql } from "#lib/commands/sql.ts";
import { type ErrorCode, errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { ServerFacts } from "#lib/domain/facts.ts";
import type { ServerLogin } from "#lib/domain/server-login.ts";
import { connectSql } from "#lib/metadb/connect.ts";
import { lookAtDatabase } from "#lib/metadb/look.ts";
import { lookAtUse, type UseLook } from "#lib/metadb/look-at-use.ts";
import { lookAtProjects } from "#lib/metadb/projects.ts";
import { lookAtRights } from "#lib/metadb/rights.ts";
import { serverRoom } from "#lib/metadb/server-room.ts";
import { databaseBytes } from "#lib/metadb/sizes.ts";
import type { ServerSite } from "#lib/planner/topology.ts";
import type { RemoteHost } from "#lib/remote/types.ts";
import { resolveOn } from "./look-at-addresses.ts";

/** Deadline of one statement, milliseconds. */
const statementTimeoutMs = 30_000;

export interface ServerLook {
  /** Where `ha.config` is; null for a server that holds heartbeat databases only. */
  rmDatabase: string | null;
  /** Whether to look at what only a preflight wants to know, too. */
  thorough: boolean;
  /** What is needed to look at who else uses it; null: that is not looked at. */
  use: Pick<UseLook, "cmDatabase" | "unwatched"> | null;
}

/**
 * Looks at one server through a node without changing anything. Never throws: what could not be read is null, with the reason in `errors`.
 */
export async function lookAtServer(
  host: RemoteHost,
  site: ServerSite,
  login: ServerLogin,
  { rmDatabase, thorough, use }: ServerLook,
): Promise<ServerFacts> {
  const { server, via } = site.route;
  const facts: ServerFacts = {
    key: site.key,
    host: server.host,
    port: server.port,
    viaNodeId: via,
    version: null,
    identity: null,
    tls: null,
    rememberedOnly: false,
    databases: [],
    missingRights: [],
    blindRights: [],
    rehearsalRights: null,
    unreadableRoles: [],
    freeBytes: null,
    haConfig: null,
    projects: null,
    use: null,
    errors: [],
  };
  try {
    const stream = await host.dial(server.host, server.port);
    const session = await connectSql({
      server,
      ...login,
      stream,
      via: host.target.name,
      timeoutMs: statementTimeoutMs,
    });
    Object.assign(facts, session.secured);
    try {
      facts.version = session.server.version;
      facts.identity = session.server;
      for (const name of site.databases) {
        const seen = await lookAtDatabase(session, name);
        facts.databases.push(seen);
        if (!thorough || !seen.exists) continue;
        const size = await databaseBytes(session, name);
        [seen.bytes, seen.bytesEstimated] = [size.bytes, size.estimated];
      }
      // A database that is not there is told once, not as nine missing rights.
      const present = facts.databases.filter(({ exists }) => exists);
      const { missing, blind, scratch, unreadableRoles } = await lookAtRights(session, present);
      facts.missingRights = missing;
      facts.blindRights = blind;
      facts.rehearsalRights = scratch;
      facts.unreadableRoles = unreadableRoles;
      facts.freeBytes = await serverRoom(session);
      if (rmDatabase !== null) {
        const rows = await session.query(sql.readHa(rmDatabase));
        const value = rows[0]?.cfg_value;
        facts.haConfig = rows.length === 1 && typeof value === "string" ? value : null;
      }
      if (rmDatabase !== null && thorough)
        facts.projects = await lookAtProjects(session, rmDatabase);
      if (use) {
        const resolve = (names: readonly string[]) => resolveOn(host, names);
        facts.use = await lookAtUse(session, { ...use, resolve });
      }
    } finally {
      await session.close();
    }
  } catch (error) {
    const { code, message, remedy } = errorInfo(unreachable(error, server.host, server.port));
    facts.errors.push({ code, message, remedy });
  }
  return facts;
}

/** A port to which a node gives no connection means the MetaDB here. */
function unreachable(error: unknown, host: string, port: number): unknown {
  if (!(error instanceof UpliftError) || !noConnection.has(error.code)) return error;
  return new UpliftError(
    "metadb.unreachable",
    `The MetaDB ${host}:${port} cannot be reached: ${error.message}`,
    {
      remedy:
        error.code === "ssh.target_unreachable"
          ? "Check that the MetaDB runs, its address and port, and the firewall between it and the node."
          : error.remedy,
      retryable: error.retryable,
      cause: error,
    },
  );
}

const noConnection: ReadonlySet<ErrorCode> = new Set([
  "ssh.target_unreachable",
  "ssh.forwarding_refused",
  "ssh.forwarding_failed",
]);
