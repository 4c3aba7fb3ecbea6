import type { Compression } from "#lib/domain/compression.ts";
import type { DumpTool } from "#lib/domain/facts.ts";
import type { DatabaseServer } from "#lib/domain/inventory.ts";
import { dumpPart, dumpStructure, restoreClient } from "./dump.ts";

/** Rows of each table that a trial restores: enough for every type to be met, too few to be felt. */
export const trialRows = 20;

export interface TrialPlan {
  tool: DumpTool;
  server: Pick<DatabaseServer, "host" | "port" | "user" | "tls">;
  database: string;
  scratch: string;
  /** Tables that are not restored. */
  without: readonly string[];
  /** Where the backups will be. */
  directory: string;
  compression: Compression;
}

/** The parameters of `trialScript`. */
export function trialParameters(trial: TrialPlan): string[] {
  const { tool, server, database, scratch, without, directory, compression } = trial;
  const structure = dumpStructure(tool, server, database).argv;
  const sample = dumpPart(tool, server, database, without, trialRows).argv;
  return [
    ...[directory, compression],
    ...[String(structure.length), ...structure],
    ...[String(sample.length), ...sample],
    ...restoreClient(tool, server, scratch).argv,
  ];
}
