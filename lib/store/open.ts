import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import { newTransactionScope, type PrismaClient, setStoreHandle, storeHandle } from "./client.ts";
import { Exclusive } from "./exclusive.ts";
import { PrismaClient as SqliteClient } from "./generated/sqlite/client.ts";
import { KeyUnusable, loadMasterKey } from "./master-key.ts";
import { migrate } from "./migrations/migrate.ts";
import { SqliteAdapter } from "./sqlite.ts";

/**
 * Opens the store of this process: makes the data directory, applies pending migrations, connects.
 * Calling it again gives the client that is open.
 *
 * @param secretKey base64 of 32 bytes; null: the key file in the data directory
 * @throws Error when the directory cannot be used, a migration fails, or the key does not fit
 */
export async function openStore(
  dataDir: string,
  secretKey: string | null = null,
): Promise<PrismaClient> {
  const open = storeHandle();
  if (open) return open.client;
  const file = makePrivateFile(dataDir, "uplift.db");
  await migrate(file);
  const client = new SqliteClient({ adapter: new SqliteAdapter(file) });
  // WAL is a property of the file; the other two hold for the one connection that is kept.
  await client.$queryRawUnsafe("PRAGMA journal_mode=WAL");
  await client.$executeRawUnsafe("PRAGMA synchronous=FULL");
  await client.$executeRawUnsafe("PRAGMA foreign_keys=ON");
  const masterKey = await keyOf(client, dataDir, secretKey);
  const exclusive = new Exclusive();
  setStoreHandle({
    client,
    dataDir,
    masterKey,
    exclusively: (work) => exclusive.run(work),
    insideTransaction: newTransactionScope(),
  });
  return client;
}

/** The key, checked against what is sealed: a wrong one shows at the start, not in an upgrade. */
async function keyOf(client: PrismaClient, dataDir: string, secretKey: string | null) {
  try {
    const sealed = await client.secret.count();
    const key = loadMasterKey(dataDir, secretKey, sealed === 0);
    const foreign = await client.secret.count({ where: { keyId: { not: key.id } } });
    if (foreign === 0) return key;
    throw new KeyUnusable(
      `The database holds ${foreign} secrets that were sealed with another key. Restore that key (secret.key, or UPLIFT_SECRET_KEY).`,
    );
  } catch (error) {
    await client.$disconnect();
    throw error;
  }
}

/** Closes the store after the transactions under way. */
export async function closeStore(): Promise<void> {
  const open = storeHandle();
  if (!open) return;
  await open.exclusively(async () => setStoreHandle(undefined));
  await open.client.$disconnect();
}

/** The journal and the sealed secrets are for this user alone; SQLite's -wal and -shm follow the file. */
function makePrivateFile(directory: string, name: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if ((statSync(directory).mode & 0o077) !== 0) chmodSync(directory, 0o700);
  const file = join(directory, name);
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  return file;
}
