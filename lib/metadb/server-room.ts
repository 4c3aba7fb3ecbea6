import type { SqlSession } from "./types.ts";

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
