import type { DatabaseFacts } from "#lib/domain/facts.ts";
import { type Flavour, flavourOf } from "#lib/domain/flavour.ts";
import { scratchExample } from "#lib/domain/rehearsal.ts";
import { type Grants, readGrants } from "./grants.ts";
import type { SqlSession } from "./types.ts";

/** What decides which rights a database needs. */
export type Contents = Pick<
  DatabaseFacts,
  "views" | "triggers" | "routines" | "events" | "foreignKeys"
>;

/** What an account lacks, as `RIGHT on database`. */
export interface LackingRights {
  /** Rights without which dump, drop, create or restore will fail. */
  missing: string[];
  /**
   * Rights without which triggers, events or routines may exist and not be seen, so that a dump would
   * leave them out.
   */
  blind: string[];
  /** The same as `missing`, of scratch databases, into which dumps are restored before T1. */
  scratch: string[];
  /** Roles of which the server does not say what they hold. */
  unreadableRoles: string[];
}

/** Dump, drop, create and restore need these whatever a database holds (docs/domain, sections 3 and 4). */
const always = ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER", "INDEX"];

/** What a database of these contents needs. Pure. */
export function neededRights(contents: Contents, flavour: Flavour): string[] {
  return [
    ...always,
    ...(contents.views > 0 ? ["CREATE VIEW", "SHOW VIEW"] : []),
    ...(contents.triggers > 0 ? ["TRIGGER"] : []),
    ...(contents.routines > 0 ? ["CREATE ROUTINE", "ALTER ROUTINE"] : []),
    ...(contents.events > 0 && flavour.hasEvents ? ["EVENT"] : []),
    ...(contents.foreignKeys > 0 && flavour.needsReferences ? ["REFERENCES"] : []),
  ];
}

/** Any right of a line shows the account what the line is about; with none of them it is hidden. */
function showingRights(flavour: Flavour): string[][] {
  return [
    ["TRIGGER"],
    ...(flavour.hasEvents ? [["EVENT"]] : []),
    ["CREATE ROUTINE", "ALTER ROUTINE", "EXECUTE"],
  ];
}

/** What the session's account lacks for these databases, read from its grants. */
export async function lookAtRights(
  session: Pick<SqlSession, "query" | "server">,
  databases: readonly (Pick<DatabaseFacts, "name"> & Contents)[],
): Promise<LackingRights> {
  return lackingRights(await readGrants(session), flavourOf(session.server), databases);
}

/** Pure. */
export function lackingRights(
  grants: Grants,
  flavour: Flavour,
  databases: readonly (Pick<DatabaseFacts, "name"> & Contents)[],
): LackingRights {
  const missing: string[] = [];
  const blind: string[] = [];
  const scratch = grants.on(scratchExample);
  const scratchNeeds = new Set<string>();
  for (const database of databases) {
    const held = grants.on(database.name);
    const needed = neededRights(database, flavour);
    for (const right of needed) scratchNeeds.add(right);
    missing.push(...held.lacking(needed).map((right) => `${right} on ${database.name}`));
    for (const rights of showingRights(flavour)) {
      if (!rights.some((right) => held.has(right))) blind.push(`${rights[0]} on ${database.name}`);
    }
  }
  return {
    missing,
    blind,
    scratch: scratch.lacking([...scratchNeeds]),
    unreadableRoles: [...grants.unreadableRoles],
  };
}
