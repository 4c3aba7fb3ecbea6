import type { Backup, DumpFile } from "./backup.ts";

/** The files of a dump: the tables first, then triggers, routines and events if there are any. */
export function filesOf({ data, objects }: Pick<Backup, "data" | "objects">): DumpFile[] {
  return objects ? [data, objects] : [data];
}

/** Of all its files. */
export function bytesOf(backup: Pick<Backup, "data" | "objects">): number {
  return filesOf(backup).reduce((sum, file) => sum + file.bytes, 0);
}

/** The last part of a file's path. */
export function fileName({ path }: Pick<DumpFile, "path">): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
