import type { Compression } from "#lib/domain/compression.ts";
import type { DumpTool } from "#lib/domain/facts.ts";
import type { DatabaseServer } from "#lib/domain/inventory.ts";
import { tlsOptions } from "./client-tls.ts";
import { type Command, command, showCommand } from "./command.ts";
import { imageClient, imageTool } from "./image-tool.ts";
import { quote } from "./quote.ts";

/** Options that are used when the tool knows them; an unknown one would make it fail. */
export const wantedDumpOptions = [
  "--single-transaction",
  "--quick",
  "--hex-blob",
  "--no-tablespaces",
  "--column-statistics=0",
  "--set-gtid-purged=OFF",
] as const;

type Server = Pick<DatabaseServer, "host" | "port" | "user" | "tls">;

/** `mysqldump` of tables and views; triggers are left out as the vendor documents (section 3.4). */
export function dumpData(tool: DumpTool, server: Server, database: string): Command {
  return dumper(tool, server, "--", database);
}

/** The structure of everything in a database, and no rows. */
export function dumpStructure(tool: DumpTool, server: Server, database: string): Command {
  return dumper(tool, server, "--no-data", "--", database);
}

/**
 * The first rows of all tables but some. Those to be dumped are not named: for a name that is given mysqldump asks
 * `SHOW TABLES LIKE`, which it does not when it dumps everything, and which OceanBase refuses for some names.
 */
export function dumpPart(
  tool: DumpTool,
  server: Server,
  database: string,
  without: readonly string[],
  rows: number,
): Command {
  const ignored = without.map((table) => `--ignore-table=${database}.${table}`);
  return dumper(tool, server, `--where=1=1 LIMIT ${rows}`, ...ignored, "--", database);
}

/** The client that reads a dump; its options come on descriptor 3, the dump on standard input. */
export function restoreClient(tool: DumpTool, server: Server, database: string): Command {
  const { client, image, initCommand } = tool;
  const words = [
    "--defaults-file=/dev/fd/3",
    ...connection(tool, server),
    // What routines have for comments belongs to them.
    "--comments",
    "--binary-mode",
    ...(initCommand === null ? [] : [`--init-command=${initCommand}`]),
    "--",
    database,
  ];
  return image === undefined ? command(client, ...words) : imageClient(image, client, ...words);
}

/** What the client says of itself. */
export function clientVersion({ client, image }: DumpTool): Command {
  return image === undefined ? command(client, "--version") : imageTool(image, client, "--version");
}

/** The host's own program, or the image's. No option file of either has a say. */
function dumper(tool: DumpTool, server: Server, ...what: string[]): Command {
  const { dump, image, options, initCommand, dumpTakesInit } = tool;
  const words = [
    "--defaults-file=/dev/stdin",
    ...connection(tool, server),
    ...options,
    ...(initCommand !== null && dumpTakesInit ? [`--init-command=${initCommand}`] : []),
    "--triggers=false",
    // A restore locks nothing: OMS is stopped, and not every server can grant the right to lock.
    "--skip-add-locks",
    ...what,
  ];
  return image === undefined ? command(dump, ...words) : imageTool(image, dump, ...words);
}

function connection(tool: DumpTool, { host, port, user, tls }: Server): string[] {
  return [
    `--host=${host}`,
    `--port=${port}`,
    "--protocol=tcp",
    `--user=${user}`,
    "--default-character-set=utf8mb4",
    ...tlsOptions(tool, tls),
  ];
}

/** What compresses a dump on its way to the file; null when it is stored as it is. */
export function packer(compression: Compression): Command | null {
  switch (compression) {
    case "zstd":
      return command("zstd", "-q", "-3", "-c");
    case "gzip":
      // The faster setting: OMS is down while it works.
      return command("gzip", "-1", "-c");
    case "none":
      return null;
  }
}

/** What makes the SQL text of a stored dump again; null when it is the text already. */
export function unpacker(compression: Compression): Command | null {
  switch (compression) {
    case "zstd":
      return command("zstd", "-q", "-d", "-c");
    case "gzip":
      return command("gzip", "-d", "-c");
    case "none":
      return null;
  }
}

/** A dump with the way to its file, as a person would type it. */
export function showDump(dump: Command, compression: Compression, path: string): string {
  const packed = packer(compression);
  return `${[dump, ...(packed ? [packed] : [])].map(showCommand).join(" | ")} > ${quote(path)}`;
}

/** A client that is given the text of a stored dump, as a person would type it. */
export function showRestore(client: Command, compression: Compression, path: string): string {
  const unpacked = unpacker(compression);
  return unpacked
    ? `${showCommand(unpacked)} < ${quote(path)} | ${showCommand(client)}`
    : `${showCommand(client)} < ${quote(path)}`;
}
