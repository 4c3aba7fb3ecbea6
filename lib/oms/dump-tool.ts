import { Compressor } from "#lib/domain/compression.ts";
import type { DumpTool } from "#lib/domain/facts.ts";

/**
 * Reads the answer of `looks.dumpTools`: dump path, client path, what compresses,
 * version, then `--help`.
 *
 * @param wanted options to use if the tool knows them
 * @returns null when the answer has another shape
 */
export function readDumpTool(stdout: string, wanted: readonly string[]): DumpTool | null {
  const [dump, client, packers = "", version, ...help] = stdout.split("\n");
  if (!dump?.startsWith("/") || !client?.startsWith("/") || !version) return null;
  const known = new Set(help.join("\n").match(/--[a-z][a-z-]+/g));
  return {
    dump,
    client,
    version: version.trim(),
    compressors: Compressor.options.filter((one) => packers.split(" ").includes(one)),
    options: wanted.filter((option) => known.has(option.replace(/=.*/, ""))),
  };
}
