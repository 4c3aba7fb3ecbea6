import { loginLines } from "#lib/commands/client-login.ts";
import { restoreClient } from "#lib/commands/dump.ts";
import { objectsOnInput, restoreScript } from "#lib/commands/dump-scripts.ts";
import type { DumpFile } from "#lib/domain/backup.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { serverLogin } from "#lib/domain/server-login.ts";
import { lastLines } from "./answers.ts";
import { probeJob, type StepHandler } from "./context.ts";

/** Loads a dump into its re-created database. */
export const databaseRestore: StepHandler<"database.restore"> = {
  kind: "database.restore",
  repeatable: false,

  async probe(context) {
    // The dump drops each table before it creates it, so loading it again ends the same.
    return (await probeJob(context, context.params.nodeId)) ?? { state: "absent" };
  },

  cancel: (context) => context.cancelJob(context.params.nodeId),

  async run(context) {
    const { nodeId, route, database, data, objects, tool } = context.params;
    const host = context.hostName(nodeId);
    const login = await serverLogin(route.server, (id) => context.secret(id));
    const client = restoreClient(tool, route.server, database);
    const result = await context.job({
      nodeId,
      shown: client,
      script: restoreScript,
      parameters: [...storedFiles(data, objects), ...client.argv],
      secrets: loginLines(login),
    });
    if (result.exitCode !== 0 || !/^uplift-restored$/m.test(result.stdout)) {
      throw new UpliftError(
        "restore.failed",
        `${data.path} on ${host} could not be loaded into ${database} (exit code ${result.exitCode}): ${clientError(result.stderr)}`,
        {
          host,
          remedy: "Mend what the message names, then retry: the backup is unharmed.",
          retryable: true,
        },
      );
    }
    return { bytes: data.bytes };
  },
};

/**
 * The first parameters of a script that loads a dump: how each file is stored, and where.
 *
 * @param onInput whether the objects come on standard input instead of from their file
 */
export function storedFiles(data: DumpFile, objects: DumpFile | null, onInput = false): string[] {
  const how = onInput ? objectsOnInput : (objects?.compression ?? "");
  return [data.compression, data.path, how, objects?.path ?? ""];
}

/** The client's own words: beside them it repeats the statement, whose values are the site's data. */
export function clientError(stderr: string): string {
  const error = stderr.split("\n").findLast((line) => /^ERROR \d+/.test(line));
  return error ?? (lastLines(stderr) || "no output");
}
