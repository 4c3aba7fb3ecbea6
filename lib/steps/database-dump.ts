import { dumpData, dumpObjects, optionFilePassword } from "#lib/commands/dump.ts";
import { fileOf, readFileReports } from "#lib/commands/dump-reports.ts";
import { dumpExit, dumpScript } from "#lib/commands/dump-scripts.ts";
import { type ErrorCode, UpliftError } from "#lib/domain/errors.ts";
import { lookAtDatabase } from "#lib/metadb/look.ts";
import type { JobResult } from "#lib/remote/types.ts";
import { lastLines } from "./answers.ts";
import { probeJob, type StepContext, type StepHandler } from "./context.ts";
import { requireGoneOn } from "./left-out-nodes.ts";

/** `mysqldump` of one database into a file on a node (docs/domain, section 3.4). */
export const databaseDump: StepHandler<"database.dump"> = {
  kind: "database.dump",
  repeatable: false,

  async probe(context) {
    // A dump only reads; it is written beside its place, so another try leaves nothing behind.
    return (await probeJob(context, context.params.nodeId)) ?? { state: "absent" };
  },

  cancel: (context) => context.cancelJob(context.params.nodeId),

  async run(context) {
    const { nodeId, route, database, directory, file, tool, key, role, version } = context.params;
    const { compression, live } = context.params;
    const password = await context.secret(route.server.passwordId);
    await requireGoneOn(context, [route]);
    const objectsFile = await objectsFileOf(context);
    const data = dumpData(tool, route.server, database);
    const objects = dumpObjects(tool, route.server, database);
    const result = await context.job({
      nodeId,
      shown: data,
      script: dumpScript,
      parameters: [
        directory,
        file,
        objectsFile ?? "",
        compression,
        String(data.argv.length),
        ...data.argv,
        ...(objectsFile === null ? [] : objects.argv),
      ],
      secrets: [optionFilePassword(password)],
    });
    if (result.exitCode !== 0) throw dumpFailed(context, result);
    const files = readFileReports(result.stdout).map(fileOf);
    const [dataFile, objectsDump] = files;
    if (!dataFile || (objectsFile !== null && !objectsDump)) {
      throw new UpliftError("dump.unproven", `The dump of ${database} did not report its files.`, {
        host: context.hostName(nodeId),
        remedy: "Retry the step.",
      });
    }
    await context.recordBackup({
      key,
      database,
      role,
      nodeId,
      data: dataFile,
      objects: objectsDump ?? null,
      proven: false,
      manifest: null,
      version,
      tool: tool.version,
      rehearsed: false,
      live,
    });
    return { data: dataFile, objects: objectsDump ?? null };
  },
};

/** Where triggers, routines and events go, if there are any. */
async function objectsFileOf({
  params: { objectsFile, objectsIfAny, route, database },
  sql,
}: StepContext<"database.dump">): Promise<string | null> {
  if (objectsFile === null || !objectsIfAny) return objectsFile;
  const { triggers, routines, events } = await sql(route, (session) =>
    lookAtDatabase(session, database),
  );
  return triggers + routines + events > 0 ? objectsFile : null;
}

/** An error for a dump script's exit code. */
export function dumpFailed(
  context: Pick<StepContext<"database.dump" | "dump.verify">, "params" | "hostName">,
  result: Pick<JobResult, "exitCode" | "stderr" | "stdout">,
): UpliftError {
  const { nodeId, database } = context.params;
  const host = context.hostName(nodeId);
  const said = lastLines(result.stderr) || "no output";
  // mysqldump says "Got errno 28 on write", the shell's tools say it in words; 122 is a full quota.
  const full = /No space left|errno:? (28|122)\b|Disk quota/i.test(result.stderr);
  const cases: Partial<Record<number, { code: ErrorCode; what: string }>> = {
    [dumpExit.empty]: { code: "dump.empty", what: "is empty" },
    [dumpExit.cutShort]: { code: "dump.cut_short", what: "was cut short" },
    [dumpExit.unreadable]: { code: "dump.changed", what: "cannot be decompressed" },
    [dumpExit.elsewhere]: { code: "dump.elsewhere", what: "would not stay in its database" },
  };
  const { code, what } = full
    ? { code: "dump.disk_full" as const, what: "found no room on the disk" }
    : (cases[result.exitCode] ?? { code: "dump.failed" as const, what: "failed" });
  return new UpliftError(code, `The dump of ${database} on ${host} ${what}: ${said}`, {
    host,
    remedy: full
      ? `Make room on ${host}, then retry: the databases are untouched.`
      : "Mend what the message names, then retry: the databases are untouched.",
    retryable: true,
  });
}
