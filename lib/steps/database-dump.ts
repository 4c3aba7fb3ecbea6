import { loginLines } from "#lib/commands/client-login.ts";
import { dumpData } from "#lib/commands/dump.ts";
import { fileOf, readFileReports } from "#lib/commands/dump-reports.ts";
import { dumpExit, dumpScript } from "#lib/commands/dump-scripts.ts";
import { objectsDump } from "#lib/commands/objects-dump.ts";
import { type ErrorCode, UpliftError } from "#lib/domain/errors.ts";
import { serverLogin } from "#lib/domain/server-login.ts";
import { lookAtDatabase } from "#lib/metadb/look.ts";
import { readObjects } from "#lib/metadb/objects.ts";
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
    const { nodeId, route, database, directory, file, objectsFile } = context.params;
    const { compression, live, tool, key, role, version } = context.params;
    const login = await serverLogin(route.server, (id) => context.secret(id));
    await requireGoneOn(context, [route]);
    const objects = await objectsOf(context);
    const data = dumpData(tool, route.server, database);
    const result = await context.job({
      nodeId,
      shown: data,
      script: dumpScript,
      parameters: [
        directory,
        file,
        objects === null ? "" : (objectsFile ?? ""),
        compression,
        ...data.argv,
      ],
      secrets: loginLines(login),
      ...(objects !== null && { input: Buffer.from(objects).toString("base64") }),
    });
    if (result.exitCode !== 0) throw dumpFailed(context, result);
    const files = readFileReports(result.stdout).map(fileOf);
    const [dataFile, objectsDump] = files;
    if (!dataFile || (objects !== null && !objectsDump)) {
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

/** The text of the second file, which mysqldump does not write; null where there is nothing for it. */
async function objectsOf({
  params: { objectsFile, route, database },
  sql,
}: StepContext<"database.dump">): Promise<string | null> {
  if (objectsFile === null) return null;
  return sql(route, async (session) => {
    const objects = await readObjects(session, database);
    if (objects.length === 0) return null;
    const { collation } = await lookAtDatabase(session, database);
    const from = { database, collation: collation ?? "", serverVersion: session.server.version };
    return objectsDump(from, objects);
  });
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
    [dumpExit.directory]: { code: "trial.directory", what: "cannot be written" },
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
