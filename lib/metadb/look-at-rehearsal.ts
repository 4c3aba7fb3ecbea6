import type { DatabaseFacts } from "#lib/domain/facts.ts";
import { scratchExample } from "#lib/domain/rehearsal.ts";
import { neededRights, rightsFor, viewRights } from "./look.ts";
import type { SqlSession } from "./types.ts";

/**
 * The rights on scratch databases that the user lacks, out of those that a restore of these databases
 * needs; read from SHOW GRANTS.
 */
export async function rehearsalRights(
  session: Pick<SqlSession, "query">,
  databases: readonly Pick<DatabaseFacts, "views" | "triggers" | "routines">[],
): Promise<string[]> {
  const grants = await session.query("SHOW GRANTS");
  const lines = grants.map((row) => String(Object.values(row)[0] ?? ""));
  const held = new Set(lines.flatMap((line) => rightsFor(line, scratchExample)));
  if (held.has("ALL PRIVILEGES")) return [];
  const some = (what: "views" | "triggers" | "routines") => databases.some((one) => one[what] > 0);
  return [
    ...neededRights,
    ...(some("views") ? viewRights : []),
    ...(some("triggers") ? ["TRIGGER"] : []),
    ...(some("routines") ? ["CREATE ROUTINE", "ALTER ROUTINE"] : []),
  ].filter((right) => !held.has(right));
}

/**
 * Free bytes where the server keeps its data, from MariaDB's plugin DISKS; null where there is none,
 * or the user may not read it.
 */
export async function serverRoom(session: Pick<SqlSession, "query">): Promise<number | null> {
  const rows = await session
    .query(
      "SELECT @@datadir AS datadir, Path AS path, Available * 1024 AS free FROM information_schema.DISKS",
    )
    .catch(() => []);
  const under = rows.filter(({ datadir, path }) => {
    const folder = String(path).replace(/\/*$/, "/");
    return String(datadir).startsWith(folder);
  });
  const nearest = under.sort((a, b) => String(b.path).length - String(a.path).length)[0];
  return nearest ? Number(nearest.free) : null;
}
