import { loginLines } from "#lib/commands/client-login.ts";
import { script } from "#lib/commands/command.ts";
import { restoreClient } from "#lib/commands/dump.ts";
import { objectsOnInput, restoreScript, statementScript } from "#lib/commands/dump-scripts.ts";
import { looks } from "#lib/commands/looks.ts";
import type { DumpFile } from "#lib/domain/backup.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { DumpTool } from "#lib/domain/facts.ts";
import { serverLogin } from "#lib/domain/server-login.ts";
import { readDumpTools } from "#lib/oms/dump-tool.ts";
import type { JobResult } from "#lib/remote/types.ts";
import { lastLines } from "./answers.ts";
import { probeJob, type StepContext, type StepHandler } from "./context.ts";

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
    const { nodeId, route, database, data, objects } = context.params;
    const login = await serverLogin(route.server, (id) => context.secret(id));
    const { tool, next } = await toolFor(context);
    if (context.attempt > 1) context.note(`This attempt loads with ${clientWords(tool)}.`);
    const client = restoreClient(tool, route.server, database);
    const result = await context.job({
      nodeId,
      shown: client,
      script: restoreScript,
      parameters: [...storedFiles(data, objects), ...client.argv],
      secrets: loginLines(login),
    });
    if (result.exitCode !== 0 || !/^uplift-restored$/m.test(result.stdout)) {
      throw await notRestored(context, result, tool, next);
    }
    return { bytes: data.bytes };
  },
};

type Context = StepContext<"database.restore">;

const clientWords = ({ client, clientVersion, place }: DumpTool) =>
  `${client}${place === "host" ? "" : " of the OMS image"} (${clientVersion || "version unknown"})`;

/**
 * The planned client first; what it could not load may be loaded by another one of the host's, so each further
 * attempt takes the next, and after the last one the first again.
 */
async function toolFor(context: Context): Promise<{ tool: DumpTool; next: DumpTool }> {
  const { nodeId, tool } = context.params;
  const found = await context.look(nodeId, looks.dumpTools());
  const { tools } = readDumpTools(found.code === 0 ? found.stdout : "", []);
  const { initCommand } = tool;
  const others = tools
    .filter((one) => tool.image !== undefined || one.clientVersion !== tool.clientVersion)
    .map((one) => ({ ...one, initCommand }));
  const all: [DumpTool, ...DumpTool[]] = [tool, ...others];
  const at = (attempt: number) => all[(attempt - 1) % all.length] ?? tool;
  return { tool: at(context.attempt), next: at(context.attempt + 1) };
}

/** What failed, at which statement, and every way on. */
async function notRestored(
  context: Context,
  { exitCode, stderr }: JobResult,
  tool: DumpTool,
  next: DumpTool,
): Promise<UpliftError> {
  const { nodeId, database, data } = context.params;
  const host = context.hostName(nodeId);
  const said = clientError(stderr);
  const statement = await statementAt(context, said);
  const recreated = context.plan.steps.find(
    (step) => step.kind === "database.recreate" && step.params.database === database,
  );
  const output = recreated
    ? (context.outputOf(recreated.id) as { wayBack?: unknown } | null)
    : null;
  const wayBack = typeof output?.wayBack === "string" ? output.wayBack : null;
  return new UpliftError(
    "restore.failed",
    `${data.path} on ${host} could not be loaded into ${database} with ${clientWords(tool)} (exit code ${exitCode}): ${said}${statement ? ` (${statement})` : ""}`,
    {
      host,
      remedy: [
        "Mend what the message names, then retry: the backup is unharmed.",
        ...(next === tool ? [] : [`A retry loads it with ${clientWords(next)}.`]),
        "The step's commands show how to do it by hand.",
        ...(wayBack ? [`What was dropped can be brought back beside it: ${wayBack}`] : []),
      ].join(" "),
      retryable: true,
    },
  );
}

/** The head of the statement that the client's error names by its line; its values are the site's. */
async function statementAt(context: Context, said: string): Promise<string | null> {
  const { nodeId, data } = context.params;
  const line = /^ERROR \d+.* at line (\d+)/.exec(said)?.[1];
  if (!line) return null;
  const command = script(statementScript, data.compression, data.path, line);
  const head = await context.look(nodeId, command).catch(() => null);
  return head?.code === 0 ? head.stdout.trim() || null : null;
}

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
