import {
  appendTo,
  backupFileExit,
  begunBytes,
  readBackupFile,
  removeFiles,
  settleCopy,
} from "#lib/commands/backup-files.ts";
import type { Command } from "#lib/commands/command.ts";
import { looks, parseBytes } from "#lib/commands/looks.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { RemoteHost, StreamOptions } from "#lib/remote/types.ts";
import { backupFolder } from "#lib/store/backup-folder.ts";

/** Where files of a backup are, or are copied to. Paths are those of the place. */
export interface CopyPlace {
  /** What error messages call it. */
  readonly name: string;
  /** Bytes of a file that was begun; 0 when there is none. */
  begun(path: string): Promise<number>;
  freeBytes(directory: string): Promise<number | null>;
  append(directory: string, path: string, source: AsyncIterable<Buffer>): Promise<void>;
  /** Gives a whole file its name. @throws UpliftError dump.changed when it has another SHA-256; it is gone then */
  settle(part: string, path: string, sha256: string): Promise<void>;
  /** What is gone already is no error. */
  remove(paths: readonly string[], directory: string): Promise<void>;
  /** The content from an offset in bytes on. */
  read(path: string, offset?: number): AsyncIterable<Buffer>;
}

const shortMs = 20_000;
/** A file of several hundred GiB is read from a slow disk in this time. */
const settleMs = 6 * 3_600_000;
const silenceMs = 120_000;

/** A directory of a node. */
export function nodePlace(host: RemoteHost, signal?: AbortSignal): CopyPlace {
  const { name } = host.target;
  const options = (what: string): StreamOptions => ({
    ...{ what, silenceMs },
    ...(signal ? { signal } : {}),
  });
  const done = async (command: Command, timeoutMs: number, what: string): Promise<string> => {
    const answer = await host.exec(command, { timeoutMs, ...(signal ? { signal } : {}) });
    if (answer.code === backupFileExit.differs) throw differs(name, answer.stderr.trim());
    if (answer.code !== 0) throw failed(name, what, answer.stderr);
    return answer.stdout;
  };
  return {
    name,
    begun: async (path) =>
      parseBytes(await done(begunBytes(path), shortMs, `${path} could not be looked at`)) ?? 0,
    freeBytes: async (directory) =>
      parseBytes(await done(looks.freeBytes(directory), shortMs, "its disk could not be read")),
    async append(directory, path, source) {
      const end = await host.write(appendTo(directory, path), source, options(path));
      if (end.code !== 0) throw failed(name, `${path} could not be written`, end.stderr);
    },
    settle: async (part, path, sha256) => {
      await done(settleCopy(part, path, sha256), settleMs, `${path} could not be read again`);
    },
    remove: async (paths, directory) => {
      await done(removeFiles(paths, [directory]), shortMs, "the files could not be removed");
    },
    read: (path, offset) => host.read(readBackupFile(path, offset), options(path)),
  };
}

/** The data directory of this dashboard. */
export function dashboardFolder(): CopyPlace {
  const name = "this dashboard";
  return {
    name,
    begun: (path) => backupFolder.size(path),
    freeBytes: () => backupFolder.freeBytes(),
    append: (_directory, path, source) => backupFolder.append(path, source),
    async settle(part, path, sha256) {
      const sum = await backupFolder.sha256(part);
      if (sum !== sha256) {
        await backupFolder.remove(part);
        throw differs(name, `the copy has the SHA-256 ${sum}`);
      }
      await backupFolder.rename(part, path);
    },
    async remove(paths, directory) {
      for (const path of paths) await backupFolder.remove(path);
      await backupFolder.removeEmpty(directory);
    },
    read: (path) => backupFolder.read(path),
  };
}

function differs(place: string, said: string): UpliftError {
  return new UpliftError("dump.changed", `The copy on ${place} is not what was dumped: ${said}.`, {
    remedy: "Check the backup again: its file on the node may be damaged. The copy is begun anew.",
    retryable: true,
  });
}

function failed(place: string, what: string, stderr: string): UpliftError {
  const said = stderr.trim() || "no message";
  const full = /No space left|Disk quota/i.test(stderr);
  return new UpliftError(
    full ? "backup.no_room" : "command.failed",
    `${place}: ${what}: ${said}.`,
    {
      host: place,
      remedy: full ? `Make room on ${place}.` : `Look at what the message names on ${place}.`,
      retryable: true,
    },
  );
}
