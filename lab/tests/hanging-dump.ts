import type { Metadb } from "#lab/metadb/metadb.ts";
import { waitUntil } from "#lab/shell.ts";

/**
 * Keeps a table locked, so that the dump of its database stands still when it has come to it.
 *
 * @param table unless told otherwise one late in the order in which mysqldump goes through oms_cm
 */
export async function hangDumps(
  metadb: Metadb,
  table = "oms_cm.cm_worker_detail",
): Promise<{
  /** Resolves when a dump stands still. */
  hanging: () => Promise<void>;
  release: () => Promise<void>;
}> {
  // Its name tells this lock from another one.
  const pause = `select sleep(120) as \`${table}\``;
  const name = table.slice(table.indexOf(".") + 1);
  const held = metadb.query(`lock tables ${table} write; ${pause}`).catch(() => undefined);
  const sessions = (where: string) =>
    metadb.query(`select id from information_schema.processlist where ${where}`);
  const holders = () =>
    sessions(`info like '%${pause}' and user = 'root' and info not like '%where%'`);
  await waitUntil("the table to be locked", async () => (await holders()).length > 0);
  return {
    hanging: () =>
      waitUntil("a dump to stand still", async () => {
        const waiting = `state like 'Waiting for table%' and info like 'SELECT%\`${name}\`%'`;
        return (await sessions(waiting)).length > 0;
      }),
    release: async () => {
      for (const { id } of await holders()) await metadb.query(`kill ${id}`);
      await held;
    },
  };
}
