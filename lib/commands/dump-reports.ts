import type { DumpFile } from "#lib/domain/backup.ts";
import { Compression } from "#lib/domain/compression.ts";
import { type Command, script } from "./command.ts";
import { proveScript } from "./dump-scripts.ts";

/** Reads files again as they are stored, whole, and reports what they are. */
export function proveFiles(files: readonly Pick<DumpFile, "path" | "compression">[]): Command {
  return script(proveScript, ...files.flatMap(({ compression, path }) => [compression, path]));
}

/** What a script says of one file of a dump. */
export interface FileReport extends DumpFile {
  /** Tables that it creates; views come as CREATE TABLE inside comments and do not count. */
  tables: number;
  /** Tables into which it puts rows. */
  filled: number;
  /** The database that its first lines name as its source; "" when they name none. */
  database: string;
}

/** The files that a dump or proof script reported, in its order. */
export function readFileReports(stdout: string): FileReport[] {
  return stdout.split(/^(?=uplift-file )/m).flatMap((part): FileReport[] => {
    const file = /^uplift-file (\d+) ([0-9a-f]{64}) (.+)$/m.exec(part);
    if (!file) return [];
    const text = /^uplift-text (\w+) (\d+) (\d+) (\d+) /m.exec(part);
    return [
      {
        bytes: Number(file[1]),
        sha256: file[2] ?? "",
        path: file[3] ?? "",
        compression: Compression.catch("none").parse(text?.[1]),
        textBytes: text ? Number(text[2]) : null,
        tables: Number(text?.[3] ?? 0),
        filled: Number(text?.[4] ?? 0),
        database: /^uplift-database (.*)$/m.exec(part)?.[1] ?? "",
      },
    ];
  });
}

/** The file itself, as it is kept with the backup. */
export function fileOf({ path, bytes, sha256, compression, textBytes }: FileReport): DumpFile {
  return { path, bytes, sha256, compression, textBytes };
}
