import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, rmdir, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { storeHandle } from "./client.ts";

/** The folder of the data directory that holds second copies. */
export const copiesFolder = "backup-copies";

/** An absolute path under the data directory. @throws Error when the store is not open */
function absolute(path: string): string {
  const handle = storeHandle();
  if (!handle) throw new Error("the store is not open");
  return join(handle.dataDir, path);
}

/** Files under the data directory, private to the dashboard's user; paths are relative to it. */
export const backupFolder = {
  /** The path for a person: absolute. */
  shown: absolute,

  /** Size in bytes; 0 when it is not there. */
  async size(path: string): Promise<number> {
    return (await stat(absolute(path)).catch(() => null))?.size ?? 0;
  },

  /** Free bytes where the data is. */
  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(absolute("."));
    return bavail * bsize;
  },

  /** Appends what arrives. */
  async append(path: string, source: AsyncIterable<Buffer>): Promise<void> {
    const file = absolute(path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await using handle = await open(file, "a", 0o600);
    for await (const chunk of source) await handle.writeFile(chunk);
    await handle.sync();
  },

  /** SHA-256 of the whole file, hex. */
  async sha256(path: string): Promise<string> {
    const hash = createHash("sha256");
    for await (const chunk of createReadStream(absolute(path))) hash.update(chunk as Buffer);
    return hash.digest("hex");
  },

  async rename(from: string, to: string): Promise<void> {
    await rename(absolute(from), absolute(to));
  },

  /** A file that is gone already is no error. */
  async remove(path: string): Promise<void> {
    await rm(absolute(path), { force: true });
  },

  /** Removes the directory, and the one above it, if they are empty. */
  async removeEmpty(directory: string): Promise<void> {
    for (const each of [directory, dirname(directory)]) {
      await rmdir(absolute(each)).catch(() => undefined);
    }
  },

  /** The file's content from the beginning. */
  read(path: string): AsyncIterable<Buffer> {
    return createReadStream(absolute(path), { highWaterMark: 256 * 1024 });
  },
};
