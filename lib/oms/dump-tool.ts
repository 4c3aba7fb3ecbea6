import type { DumpTool } from "#lib/domain/facts.ts";

/**
 * Reads the answer of `looks.dumpTools`: dump path, client path, version, then `--help`.
 *
 * @param wanted options to use if the tool knows them
 * @returns null when the answer has another shape
 */
export function readDumpTool(stdout: string, wanted: readonly string[]): DumpTool | null {
  const [dump, client, version, ...help] = stdout.split("\n");
  if (!dump?.startsWith("/") || !client?.startsWith("/") || !version) return null;
  const known = new Set(help.join("\n").match(/--[a-z][a-z-]+/g));
  return {
    dump,
    client,
    version: version.trim(),
    options: wanted.filter((option) => known.has(option.replace(/=.*/, ""))),
  };
}
