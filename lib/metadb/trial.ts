import { objectsDump } from "#lib/commands/objects-dump.ts";
import { scratchMark, sql } from "#lib/commands/sql.ts";
import { trialParameters, trialRows } from "#lib/commands/trial.ts";
import type { Compression } from "#lib/domain/compression.ts";
import { errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { DumpTool, DumpTrial } from "#lib/domain/facts.ts";
import { flavourOf } from "#lib/domain/flavour.ts";
import type { DatabaseServer } from "#lib/domain/inventory.ts";
import { inEnglish } from "#lib/domain/message.ts";
import { isTryName, isTryOver } from "#lib/domain/rehearsal.ts";
import { chooseTried, tablesToTry } from "./choose-tried.ts";
import { type Contents, contentDifferences, readContents } from "./contents.ts";
import { lookAtDatabase } from "./look.ts";
import { readObjects } from "./objects.ts";
import { createScratch, dropScratch, type Scratch } from "./scratch.ts";
import { remedyFor, type TrialPlace, troubleOf } from "./trial-trouble.ts";
import type { SqlSession } from "./types.ts";

export interface TrialRequest {
  tool: DumpTool;
  server: Pick<DatabaseServer, "host" | "port" | "user" | "tls">;
  database: string;
  scratch: Scratch;
  directory: string;
  compression: Compression;
  /** The name of the node on which the programs run. */
  node: string;
}

/** Runs `trialScript` on the node; the objects in base64 come behind the log-in's lines. */
export type RunTrial = (
  parameters: readonly string[],
  objects: string,
) => Promise<{ code: number | null; stderr: string }>;

/** For a trial that goes on after its process has died: what is committed when, and what was. */
export interface TrialMemory {
  /** The scratch database is there, and the programs are at work on it or have been. */
  resumed: boolean;
  /** Committed before the programs begin. */
  begun(): Promise<void>;
  /** Committed before the scratch database goes. */
  ended(trouble: DumpTrial["trouble"]): Promise<void>;
}

const noMemory: TrialMemory = {
  resumed: false,
  begun: async () => undefined,
  ended: async () => undefined,
};

/**
 * Tries what an upgrade and its rollback will do with a database: the programs dump it and load a part of it
 * into a scratch database, in which the objects are created, and the outcome is compared. OMS may be at work
 * meanwhile. Nothing stays of it. Never throws for what the server or the programs refuse: that is the trouble
 * it tells of.
 *
 * @throws UpliftError ssh.*, metadb.unreachable: nothing is known then
 */
export async function tryDump(
  session: SqlSession,
  request: TrialRequest,
  run: RunTrial,
  memory: TrialMemory = noMemory,
): Promise<DumpTrial> {
  const started = performance.now();
  const tool: DumpTool = { ...request.tool, initCommand: flavourOf(session.server).clientInit };
  const seen = { restored: 0, of: 0, objects: 0 };
  const place: TrialPlace = {
    ...{ node: request.node, user: request.server.user, directory: request.directory },
    ...{ server: session.server, tool },
  };
  let trouble: DumpTrial["trouble"];
  try {
    trouble =
      (await clientTimeouts(session, place)) ??
      (await tryIt(session, { ...request, tool, place, memory }, run, seen));
  } catch (error) {
    trouble = troubleOfError(error, place);
  }
  const { host, port } = request.server;
  return {
    server: { host, port },
    ...{ database: request.database, tool, trouble, ...seen },
    durationMs: Math.round(performance.now() - started),
  };
}

/** What says nothing of the programs or the server is no outcome of a trial. */
function troubleOfError(error: unknown, place: TrialPlace): DumpTrial["trouble"] {
  const { code, message, remedy } = errorInfo(error);
  if (!(error instanceof UpliftError) || !code.startsWith("metadb.")) throw error;
  if (code === "metadb.unreachable") throw error;
  // While a trial goes on, a right that is missing is one on its scratch database.
  const isOfTrial = code === "metadb.query_failed" || code === "metadb.rights_missing";
  return { code, message, remedy: isOfTrial ? remedyFor(inEnglish(message), place) : remedy };
}

/** A statement of a dump program shorter than this is ended by no server in the field, seconds. */
const statementSeconds = 300;

/** OceanBase ends what the dump program reads when it takes longer than the tenant allows. */
async function clientTimeouts(
  session: SqlSession,
  { tool, node }: TrialPlace,
): Promise<DumpTrial["trouble"]> {
  if (tool.initCommand === null || tool.dumpTakesInit) return null;
  const [row] = await session.query("SELECT @@GLOBAL.ob_query_timeout AS microseconds");
  const seconds = Number(row?.microseconds ?? 0) / 1_000_000;
  if (seconds >= statementSeconds) return null;
  return {
    code: "trial.timeouts",
    message: `${tool.dump} on ${node} (${tool.version}) cannot raise ob_query_timeout, and the tenant ends statements after ${seconds} s: a table that takes longer would break the dump.`,
    remedy: `Run SET GLOBAL ob_query_timeout = ${statementSeconds * 2 * 1_000_000} as the tenant's administrator, or install a mysqldump that knows --init-command (that of MySQL 9 does) on ${node}.`,
  };
}

interface Seen {
  restored: number;
  of: number;
  objects: number;
}

async function tryIt(
  session: SqlSession,
  request: TrialRequest & { place: TrialPlace; memory: TrialMemory },
  run: RunTrial,
  seen: Seen,
): Promise<DumpTrial["trouble"]> {
  const { database, scratch, server, tool, directory, compression, place, memory } = request;
  const facts = await lookAtDatabase(session, database);
  const objects = await readObjects(session, database);
  const part = await partOf(
    session,
    database,
    objects.map(({ statement }) => statement),
  );
  seen.of = facts.tables + facts.views;
  seen.objects = objects.length;
  const { characterSet, collation } = facts;
  if (characterSet === null || collation === null) return null;
  try {
    if (!memory.resumed) await createScratch(session, scratch, { characterSet, collation });
    await memory.begun();
    const read = () => readContents(session, database, { only: part.tables, limit: trialRows });
    const before = await read();
    const text = objectsDump(
      { database, collation, serverVersion: session.server.version },
      objects,
      { forPractice: true },
    );
    const parameters = trialParameters({
      ...{ tool, server, database, scratch: scratch.name, directory, compression },
      without: part.without,
    });
    const { code, stderr } = await run(parameters, Buffer.from(text).toString("base64"));
    let trouble = troubleOf(code, stderr, place);
    if (trouble === null) {
      const restored = await readContents(session, scratch.name, { limit: trialRows });
      restored.tables.delete(scratchMark);
      seen.restored = restored.tables.size + restored.views.size;
      const differences = trialDifferences({ before, after: await read(), restored, database });
      trouble = differences.length === 0 ? null : differs(differences, place);
    }
    await memory.ended(trouble);
    return trouble;
  } finally {
    await dropScratch(session, scratch).catch(() => undefined);
  }
}

/**
 * In what a part that was restored differs from its source, at which OMS may be at work. Pure. Rows prove
 * something where all of a table were restored and none was written meanwhile.
 */
export function trialDifferences(seen: {
  before: Contents;
  after: Contents;
  restored: Contents;
  database: string;
}): string[] {
  const { before, after, restored, database } = seen;
  const { shape } = contentDifferences(restored, after, { database });
  const rows = [...before.tables].flatMap(([name, was]) => {
    const is = restored.tables.get(name);
    const isWhole = was.rows < trialRows && after.tables.get(name)?.content === was.content;
    return is && isWhole && is.content !== was.content ? [`table ${name} has other rows`] : [];
  });
  return [...shape, ...rows];
}

async function partOf(session: SqlSession, database: string, texts: readonly string[]) {
  const rows = await session.query(
    "SELECT VIEW_DEFINITION AS definition FROM information_schema.VIEWS WHERE TABLE_SCHEMA = ?",
    [database],
  );
  const definitions = rows.map(({ definition }) => String(definition));
  const tables = await tablesToTry(session, database, [...texts, ...definitions]);
  const chosen = chooseTried(tables);
  const names = new Set(chosen);
  const without = tables.map(({ name }) => name).filter((name) => !names.has(name));
  return { tables: chosen, without };
}

function differs(differences: readonly string[], { node }: TrialPlace): DumpTrial["trouble"] {
  const more = differences.length > 5 ? `; and ${differences.length - 5} more` : "";
  return {
    code: "trial.differs",
    message: `What was restored is not what was dumped: ${differences.slice(0, 5).join("; ")}${more}.`,
    remedy: `Install client programs of another release or family on ${node}; Uplift takes what works. If nobody can tell why, practise a backup and look at the dump.`,
  };
}

/** Drops what a trial has left whose process or connection died; a later one takes what is still there. */
export async function dropOldTrials(
  session: SqlSession,
  { madeBy, never }: Pick<Scratch, "madeBy" | "never">,
  now: number,
): Promise<void> {
  const rows = await session.query(sql.listScratch).catch(() => []);
  for (const { name } of rows) {
    if (typeof name !== "string" || !isTryName(name) || !isTryOver(name, now)) continue;
    await dropScratch(session, { name, madeBy, never }).catch(() => undefined);
  }
}
