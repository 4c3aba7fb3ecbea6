import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { cached, contentsOf, keyOf } from "../cache.ts";
import { run } from "../shell.ts";
import { inWorkshop } from "../workshop.ts";
import { MariaDb } from "./mariadb.ts";
import { type DatabaseNames, journalScript, seedScript } from "./seed.ts";

/**
 * A data directory that is installed, seeded and cleanly shut down: copying it takes a tenth of what
 * making it does.
 */
export async function seededDataDir(
  names: DatabaseNames,
  { version, heartbeats }: { version: string; heartbeats: number },
): Promise<string> {
  const options = { version, heartbeats };
  const source = contentsOf(import.meta.dirname);
  const key = keyOf(source, JSON.stringify([names, options]));
  const dir = await cached("metadb", key, (draft) =>
    // Not in the cache's own folder, which the unprivileged server may not be able to reach.
    inWorkshop(async ({ stateDir }) => {
      const server = new MariaDb(join(stateDir, "metadb-seed"));
      await install(server);
      await server.start();
      try {
        await server.runScript(seedScript(names, options) + journalScript);
      } finally {
        await server.stop();
      }
      await run(["cp", "-a", server.dataDir, join(draft, "data")]);
    }),
  );
  return join(dir, "data");
}

/** Makes the data directory of a server with nothing in it. */
export async function install(server: MariaDb): Promise<void> {
  mkdirSync(server.dataDir, { recursive: true });
  // Of its own, as the servers have: two at once would take each other's temporary tables in /tmp.
  const temporary = join(server.dir, "tmp");
  mkdirSync(temporary, { recursive: true });
  await run(["chown", "-R", "mysql:mysql", server.dir]);
  await run([
    "mariadb-install-db",
    "--no-defaults",
    "--user=mysql",
    `--datadir=${server.dataDir}`,
    `--tmpdir=${temporary}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
    "--skip-name-resolve",
  ]);
}
