import { proveFiles, readFileReports } from "#lib/commands/dump-reports.ts";
import type { DumpFile } from "#lib/domain/backup.ts";
import { DumpFile as DumpFileSchema } from "#lib/domain/backup.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { databaseManifest } from "#lib/metadb/manifest.ts";
import { repeatable, type StepContext } from "./context.ts";
import { dumpFailed } from "./database-dump.ts";
import { requireGone } from "./left-out-nodes.ts";

/**
 * Proves a dump: its files are read again whole and must be what was measured when they were
 * written; the tables in it are counted against the database it came from.
 */
export const dumpVerify = repeatable("dump.verify", async (context) => {
  const { params } = context;
  const { nodeId, database } = params;
  const host = context.hostName(nodeId);
  const files = filesToProve(context);
  const command = proveFiles(files);
  const timeoutMs = context.step.timeoutMs;
  const result = await context.exec(nodeId, command, { timeoutMs });
  if (result.code !== 0) {
    throw dumpFailed(context, { ...result, exitCode: result.code ?? -1 });
  }
  const seen = readFileReports(result.stdout);
  for (const [index, file] of files.entries()) {
    const now = seen[index];
    if (now?.sha256 === file.sha256 && now.bytes === file.bytes) continue;
    throw new UpliftError(
      "dump.changed",
      `${file.path} on ${host} is not what was written: ${now?.bytes ?? 0} bytes ${now?.sha256.slice(0, 12) ?? "none"} instead of ${file.bytes} bytes ${file.sha256.slice(0, 12)}.`,
      { host, remedy: "Something changed or damaged the file. Find out what before going on." },
    );
  }
  if (!params.compare) return { files };

  const told = seen[0]?.database ?? "";
  if (told !== "" && told !== database) {
    throw new UpliftError(
      "dump.wrong_database",
      `${files[0]?.path} on ${host} is a dump of ${told}, not of ${database}.`,
      { host, remedy: `Find out what stands for ${params.key} on ${host}, then retry the dump.` },
    );
  }
  const manifest = await context.sql(params.route, async (session) => {
    await requireGone(context, session, params.route);
    return databaseManifest(session, database, (done, total) =>
      context.progress(`${done} of ${total} tables counted`, done, total),
    );
  });
  const tables = seen[0]?.tables ?? 0;
  if (tables !== manifest.tables.length) {
    throw new UpliftError(
      "dump.cut_short",
      `The dump of ${database} on ${host} holds ${tables} tables; the database has ${manifest.tables.length}.`,
      { host, remedy: "Retry the dump; if it stays so, check the MetaDB user's rights." },
    );
  }
  // While OMS runs it may have begun to fill a table since.
  const live = context.state().backups.some(({ key, live }) => key === params.key && live);
  const filled = seen[0]?.filled ?? 0;
  const withRows = manifest.tables.filter(({ rows }) => rows > 0).length;
  if (!live && filled !== withRows) {
    throw new UpliftError(
      "dump.cut_short",
      `The dump of ${database} on ${host} puts rows into ${filled} tables; ${withRows} of the database have some.`,
      { host, remedy: "Retry the dump; if it stays so, check the MetaDB user's rights." },
    );
  }
  const objects = [...manifest.triggers, ...manifest.routines, ...manifest.events];
  if (objects.length > 0 && files.length === 1) {
    throw new UpliftError(
      "dump.cut_short",
      `${database} has triggers, routines or events (${objects.slice(0, 3).join(", ")}) that came after it was dumped.`,
      {
        host,
        remedy: "Retry the dump, which reads them anew.",
      },
    );
  }
  await context.backupProven(params.key, manifest);
  return { files, manifest };
});

function filesToProve(context: StepContext<"dump.verify">): DumpFile[] {
  const { source } = context.params;
  if ("data" in source) return [source.data, ...(source.objects ? [source.objects] : [])];
  const output = context.outputOf(source.dumpStep) as { data?: unknown; objects?: unknown } | null;
  const files = [output?.data, output?.objects].filter(
    (file) => file !== null && file !== undefined,
  );
  const parsed = DumpFileSchema.array().min(1).safeParse(files);
  if (parsed.success) return parsed.data;
  throw new UpliftError("dump.unproven", `Step ${source.dumpStep} has left no dump to prove.`, {
    remedy: "Retry the dump, or roll back.",
  });
}
