import { Compressor } from "#lib/domain/compression.ts";
import type { DumpTool } from "#lib/domain/facts.ts";

/** What there is to dump, restore and compress with. */
export interface FoundTools {
  tools: DumpTool[];
  compressors: Compressor[];
}

/**
 * Reads the answer of `looks.dumpTools`: a line `uplift-compressors`, then for each pair a line `uplift-tool`, the
 * dump program's path, the client's, the version of each, and the former's `--help`. A pair of another shape
 * is left out.
 *
 * @param wanted options to use if the dump program knows them
 */
export function readDumpTools(stdout: string, wanted: readonly string[]): FoundTools {
  const [head = "", ...pairs] = stdout.split(/^uplift-tool\n/m);
  const words = /^uplift-compressors (.*)$/m.exec(head)?.[1]?.split(" ") ?? [];
  const compressors = Compressor.options.filter((one) => words.includes(one));
  const tools = pairs.flatMap((pair): DumpTool[] => {
    const [dump, client, version, clientVersion, ...help] = pair.split("\n");
    if (!dump?.startsWith("/") || !client?.startsWith("/") || !version) return [];
    const known = new Set(help.join("\n").match(/--[a-z][a-z-]+/g));
    return [
      {
        ...{ place: "host", dump, client, compressors, initCommand: null },
        version: version.trim(),
        clientVersion: clientVersion?.trim() ?? "",
        options: wanted.filter((option) => known.has(option.replace(/=.*/, ""))),
        dumpTakesInit: known.has("--init-command"),
        tlsBy: known.has("--ssl-mode")
          ? "mode"
          : known.has("--ssl-verify-server-cert")
            ? "switches"
            : "nothing",
      },
    ];
  });
  return { tools, compressors };
}
