import { loginLines } from "#lib/commands/client-login.ts";
import { clientVersion, restoreClient } from "#lib/commands/dump.ts";
import { rehearseScript } from "#lib/commands/dump-scripts.ts";
import { objectsDump } from "#lib/commands/objects-dump.ts";
import { scratchMark } from "#lib/commands/sql.ts";
import type { Backup, DatabaseManifest } from "#lib/domain/backup.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { serverLogin } from "#lib/domain/server-login.ts";
import { contentDifferences, readContents } from "#lib/metadb/contents.ts";
import { lookAtDatabase } from "#lib/metadb/look.ts";
import { databaseManifest, manifestDifferences } from "#lib/metadb/manifest.ts";
import { readObjects } from "#lib/metadb/objects.ts";
import { createScratch } from "#lib/metadb/scratch.ts";
import type { JobResult } from "#lib/remote/types.ts";
import { probeJob, type StepContext, type StepHandler } from "./context.ts";
import { clientError, storedFiles } from "./database-restore.ts";
import { requireGoneOn } from "./left-out-nodes.ts";
import {
  dropOwn,
  dropQuietly,
  type RehearsalIntent,
  scratchOf,
  type Verdict,
} from "./rehearsal.ts";

/**
 * Restores a proven dump into a scratch database on the same server, compares that with the source
 * table by table, and drops it. It never writes to anything but the scratch database.
 */
export const databaseRehearse: StepHandler<"database.rehearse"> = {
  kind: "database.rehearse",
  repeatable: false,

  async probe(context) {
    // Without its job the rehearsal is done anew: the next try drops what this one has left.
    return (await probeJob(context, context.params.nodeId)) ?? { state: "absent" };
  },

  async cancel(context) {
    await context.cancelJob(context.params.nodeId);
    await dropOwn(context);
  },

  async run(context) {
    const { database, key } = context.params;
    const backup = provenBackup(context);
    if (context.params.against === "manifest" && (await isKnown(context, backup))) {
      return { unchanged: true };
    }
    let { attempt, verdict } = intentOf(context);
    if (attempt !== context.attempt) {
      await prepare(context, backup.manifest);
      verdict = null;
    }
    if (!verdict) {
      const loaded = await load(context, backup);
      verdict =
        context.params.against === "manifest"
          ? await compareWithManifest(context, backup.manifest, loaded)
          : await compare(context, loaded);
      // Committed before the scratch database goes: whoever takes the step up need not look again.
      await context.intend({ attempt: context.attempt, verdict });
    }
    await dropOwn(context);
    const { differences, ...measured } = verdict;
    for (const one of measured.moved ?? []) {
      context.note(
        `OMS runs, so this may be what it wrote since the dump, and proves nothing: ${one}.`,
      );
    }
    if (differences.length > 0) {
      throw new UpliftError(
        "rehearsal.differs",
        `The dump of ${database}, restored for practice, is not what ${database} is: ${differences.slice(0, 5).join("; ")}${differences.length > 5 ? `; and ${differences.length - 5} more` : ""}.`,
        {
          remedy:
            context.params.against === "manifest"
              ? "Nothing is stopped and no database is dropped. Restore it by hand into a database of another name and look; skip the rehearsal with a reason if the difference is no matter."
              : "Find out who writes to the database while OMS is stopped. Then roll back (no database is touched) and start again, or skip the rehearsal with a reason.",
        },
      );
    }
    if (context.params.against === "source") await context.backupRehearsed(key);
    return measured;
  },
};

type Context = StepContext<"database.rehearse">;
type ProvenBackup = Backup & { manifest: DatabaseManifest };

function intentOf(context: Context): RehearsalIntent {
  return (context.intent() as RehearsalIntent | null) ?? { attempt: 0, verdict: null };
}

/** @throws UpliftError dump.unproven */
function provenBackup(context: Context): ProvenBackup {
  const { key, database, nodeId } = context.params;
  const backup = context
    .state()
    .backups.find((one) => one.key === key && one.nodeId === nodeId && one.proven);
  if (backup?.manifest) return { ...backup, manifest: backup.manifest };
  throw new UpliftError(
    "dump.unproven",
    `There is no proven backup of ${database} that could be rehearsed.`,
    { remedy: "Retry the dump and its proof, or roll back (no database is touched)." },
  );
}

/** Whether this very dump was restored before by this client on this server. */
async function isKnown(context: Context, { rehearsed, manifest }: ProvenBackup): Promise<boolean> {
  const { nodeId, route, tool } = context.params;
  if (!rehearsed || tool.clientVersion === "") return false;
  const client = await context.exec(nodeId, clientVersion(tool));
  if (client.code !== 0 || client.stdout.trim() !== tool.clientVersion) return false;
  const server = await context.sql(route, async (session) => session.server.version);
  return server === manifest.serverVersion;
}

/** An empty scratch database with the source's character set; what earlier tries have left goes first. */
async function prepare(context: Context, manifest: DatabaseManifest): Promise<void> {
  const { nodeId, route, database, scratch } = context.params;
  if (manifest.tables.some(({ name }) => name === scratchMark)) {
    throw new UpliftError(
      "rehearsal.refused",
      `${database} has a table ${scratchMark}, by which scratch databases are told: it is not rehearsed.`,
      { remedy: "Skip the rehearsal with a reason." },
    );
  }
  await requireGoneOn(context, [route]);
  await context.endJobsOf(context.step.id, nodeId);
  await context.progress(`Creating ${scratch}`);
  await context.sql(route, (session) => createScratch(session, scratchOf(context), manifest));
  await context.intend({ attempt: context.attempt, verdict: null } satisfies RehearsalIntent);
}

/** @returns how long it took, milliseconds. @throws UpliftError rehearsal.failed */
async function load(context: Context, backup: ProvenBackup): Promise<number> {
  const { nodeId, route, database, scratch, tool } = context.params;
  const host = context.hostName(nodeId);
  const { data, objects } = backup;
  const client = restoreClient(tool, route.server, scratch);
  await context.progress(`Restoring the dump of ${database} into ${scratch}`);
  // The file's own may name their database, and an event of it would run. In a rollback nobody can ask the source.
  const practice =
    objects && context.params.against === "source" ? await objectsForPractice(context) : null;
  const result = await context.job({
    nodeId,
    shown: client,
    script: rehearseScript,
    parameters: [...storedFiles(data, null, practice !== null), ...client.argv],
    secrets: loginLines(await serverLogin(route.server, (id) => context.secret(id))),
    ...(practice !== null && { input: Buffer.from(practice).toString("base64") }),
  });
  if (result.exitCode !== 0 || !/^uplift-restored$/m.test(result.stdout)) {
    await dropQuietly(context);
    throw notRestorable(context, host, data.path, result);
  }
  return Math.max(0, Math.round(result.endedAt - result.startedAt));
}

function objectsForPractice({ params, sql }: Context): Promise<string> {
  const { route, database } = params;
  return sql(route, async (session) => {
    const { collation } = await lookAtDatabase(session, database);
    const from = { database, collation: collation ?? "", serverVersion: session.server.version };
    return objectsDump(from, await readObjects(session, database), { forPractice: true });
  });
}

function notRestorable(
  { params }: Context,
  host: string,
  path: string,
  { exitCode, stderr }: JobResult,
): UpliftError {
  return new UpliftError(
    "rehearsal.failed",
    `${path} on ${host} could not be restored into ${params.scratch} (exit code ${exitCode}): ${clientError(stderr)}`,
    {
      host,
      remedy: `A rollback would meet the same. Mend what the message names and retry; or retry the dump of ${params.database}. The databases are untouched.`,
      retryable: true,
    },
  );
}

async function compare(context: Context, restoreMs: number): Promise<Verdict> {
  const { route, database, scratch, live } = context.params;
  const from = context.now();
  return context.sql(route, async (session) => {
    const source = await readContents(session, database, {
      progress: (done, total) =>
        context.progress(`${done} of ${total} tables of ${database} read`, done, total),
    });
    const restored = await readContents(session, scratch, {
      progress: (done, total) =>
        context.progress(`${done} of ${total} restored tables compared`, done, total),
    });
    restored.tables.delete(scratchMark);
    const { shape, rows } = contentDifferences(restored, source, { database });
    return {
      // While OMS runs, who wrote what since the dump cannot be told: other rows prove nothing.
      differences: live ? shape : [...shape, ...rows],
      ...(live && { moved: rows }),
      tables: source.tables.size,
      rows: [...source.tables.values()].reduce((sum, { rows }) => sum + rows, 0),
      restoreMs,
      compareMs: Math.round(context.now() - from),
    };
  });
}

/** The same against what the dump was proven to hold: its source is another one by now. */
async function compareWithManifest(
  context: Context,
  manifest: DatabaseManifest,
  restoreMs: number,
): Promise<Verdict> {
  const from = context.now();
  const { route, scratch } = context.params;
  const restored = await context.sql(route, (session) => databaseManifest(session, scratch));
  const tables = restored.tables.filter(({ name }) => name !== scratchMark);
  // None of the objects were made.
  const { triggers, routines, events } = manifest;
  const seen = { ...restored, tables, triggers, routines, events };
  return {
    differences: manifestDifferences(seen, manifest),
    tables: tables.length,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
    restoreMs,
    compareMs: Math.round(context.now() - from),
  };
}
