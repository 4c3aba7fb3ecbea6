import type { Backup, DumpFile } from "#lib/domain/backup.ts";
import { bytesOf, fileName, filesOf } from "#lib/domain/backup-files.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { CopyPlace } from "./copy-places.ts";

/** So much stays free where a copy goes, bytes: the dashboard's own data may be on that disk. */
const spareBytes = 256 * 1024 * 1024;

/** The files of a copy in a directory, beside those they are made of. */
export function copyFiles(backup: Backup, directory: string): { file: DumpFile; path: string }[] {
  return filesOf(backup).map((file) => ({ file, path: `${directory}/${fileName(file)}` }));
}

/**
 * Copies the files of a backup from one place to another and proves each there by its SHA-256. What an
 * earlier try has brought is kept: it goes on from there.
 *
 * @param onProgress bytes of all files that are there by now
 * @throws UpliftError backup.no_room, dump.changed, command.failed, ssh.*
 */
export async function copyBackup(
  backup: Backup,
  from: CopyPlace,
  to: CopyPlace,
  directory: string,
  onProgress: (bytes: number) => void,
): Promise<void> {
  const files = copyFiles(backup, directory);
  const begun = await Promise.all(files.map((one) => begunOf(to, one)));
  await requireRoom(to, directory, bytesOf(backup) - begun.reduce((sum, bytes) => sum + bytes, 0));
  let before = 0;
  for (const { file, path } of files) {
    const done = before;
    await copyFile(file, path, from, to, directory, (bytes) => onProgress(done + bytes));
    before += file.bytes;
    onProgress(before);
  }
}

/** Bytes of a file that need not be sent again. */
async function begunOf(to: CopyPlace, { file, path }: { file: DumpFile; path: string }) {
  if ((await to.begun(path)) === file.bytes) return file.bytes;
  const part = await to.begun(`${path}.part`);
  return part <= file.bytes ? part : 0;
}

async function copyFile(
  file: DumpFile,
  path: string,
  from: CopyPlace,
  to: CopyPlace,
  directory: string,
  onProgress: (bytes: number) => void,
): Promise<void> {
  const part = `${path}.part`;
  // One that has its name already was whole when it was given it, and is proven once more.
  if ((await to.begun(path)) === file.bytes) return to.settle(path, path, file.sha256);
  let offset = await to.begun(part);
  if (offset > file.bytes) {
    await to.remove([part], directory);
    offset = 0;
  }
  if (offset < file.bytes) {
    await to.append(directory, part, counted(from.read(file.path, offset), offset, onProgress));
  }
  await to.settle(part, path, file.sha256);
}

async function* counted(
  source: AsyncIterable<Buffer>,
  from: number,
  onProgress: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let bytes = from;
  for await (const chunk of source) {
    yield chunk;
    bytes += chunk.length;
    onProgress(bytes);
  }
}

async function requireRoom(to: CopyPlace, directory: string, bytes: number): Promise<void> {
  const free = await to.freeBytes(directory);
  if (free === null || free >= bytes + spareBytes) return;
  const mebibytes = (amount: number) => Math.ceil(amount / 1024 / 1024);
  throw new UpliftError(
    "backup.no_room",
    `${to.name} has ${mebibytes(free)} MiB free; the copy needs ${mebibytes(bytes)} MiB, and ${mebibytes(spareBytes)} MiB stay free.`,
    { remedy: `Make room on ${to.name}.`, retryable: true },
  );
}
