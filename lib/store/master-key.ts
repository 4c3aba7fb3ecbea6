import { createHash, createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** The key that everything secret is derived from. A KeyObject shows nothing when it is printed. */
export interface MasterKey {
  /** Names the key without telling anything about it; kept in every sealed row. */
  id: string;
  key: KeyObject;
}

/** The key is missing, unreadable, open to others, or not the one the data was sealed with. */
export class KeyUnusable extends Error {
  override readonly name = "KeyUnusable";
}

/** A key of 32 bytes for one purpose; different purposes get unrelated keys. */
export function derivedKey(master: KeyObject, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync("sha256", master, "", `uplift ${purpose} v1`, 32)));
}

export function masterKeyFrom(base64: string): MasterKey {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length !== 32 || bytes.toString("base64") !== base64) {
    throw new KeyUnusable("The key is not 32 bytes in base64.");
  }
  const key = createSecretKey(bytes);
  const id = createHash("sha256").update(derivedKey(key, "key id").export()).digest("hex");
  return { id: id.slice(0, 16), key };
}

const keyFileName = "secret.key";

/**
 * The key from the environment, else from `secret.key` in the data directory, which is made when
 * `mayCreate` is true: with sealed data about, a missing key must be restored, not replaced.
 *
 * @throws KeyUnusable
 */
export function loadMasterKey(
  dataDir: string,
  fromEnvironment: string | null,
  mayCreate: boolean,
): MasterKey {
  if (fromEnvironment !== null) return masterKeyFrom(fromEnvironment);
  const file = join(dataDir, keyFileName);
  const found = readKeyFile(file);
  if (found !== null) return masterKeyFrom(found);
  if (!mayCreate) {
    throw new KeyUnusable(
      `${file} is missing, but the database holds secrets that were sealed with it. Restore the file from your backup, or set UPLIFT_SECRET_KEY to its content.`,
    );
  }
  createKeyFile(file);
  const created = readKeyFile(file);
  if (created === null) throw new KeyUnusable(`${file} could not be written.`);
  return masterKeyFrom(created);
}

function readKeyFile(file: string): string | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) return null;
  if ((stats.mode & 0o077) !== 0) {
    throw new KeyUnusable(
      `${file} can be read or written by others than its owner. Find out who may have seen it, then: chmod 600 ${file}`,
    );
  }
  return readFileSync(file, "utf8").trim();
}

/** Complete or not there: written under another name, then linked; a link never replaces a file. */
function createKeyFile(file: string): void {
  const draft = `${file}.${process.pid}.new`;
  const handle = openSync(draft, "wx", 0o600);
  try {
    writeSync(handle, `${randomBytes(32).toString("base64")}\n`);
    fsyncSync(handle);
    linkSync(draft, file);
  } catch (error) {
    // Another process was first: its key is the key.
    if ((error as { code?: string }).code !== "EEXIST") throw error;
  } finally {
    closeSync(handle);
    rmSync(draft, { force: true });
  }
}
