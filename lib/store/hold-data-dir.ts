import { join } from "node:path";
import { openLockFile } from "./sqlite.ts";

/** Another server works on this data directory. */
export class DataDirHeld extends Error {
  override readonly name = "DataDirHeld";
}

/**
 * Makes this process the only server on a data directory: two engines would take runs from each
 * other. The hold is a lock of the operating system, so it ends with the process, however that ends.
 *
 * @returns what gives it up
 * @throws DataDirHeld
 */
export async function holdDataDir(dataDir: string): Promise<() => Promise<void>> {
  const lock = openLockFile(join(dataDir, "server.lock"));
  try {
    await lock.execute("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    throw new DataDirHeld(
      `Another Uplift server is running on ${dataDir}. Stop it first, or give this one another UPLIFT_DATA.`,
      { cause },
    );
  }
  // The closure also keeps the connection from being collected, which would end the hold.
  return async () => {
    await lock.execute("ROLLBACK");
    lock.close();
  };
}
