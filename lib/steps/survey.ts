import { supervisorctl } from "#lib/commands/docker.ts";
import { errorInfo } from "#lib/domain/errors.ts";
import type { StepKind } from "#lib/domain/step.ts";
import type { DatabaseSurvey, MetadbSurvey, NodeSurvey } from "#lib/domain/survey.ts";
import { readProjects, tableFingerprints } from "#lib/metadb/survey.ts";
import { readHealth } from "#lib/oms/health.ts";
import { readServices } from "#lib/oms/services.ts";
import { inspectContainer } from "./answers.ts";
import { repeatable, type StepContext } from "./context.ts";

/** How long one look may take, milliseconds: a container that hangs is no reason to wait for a report. */
const patienceMs = 10_000;

/**
 * Looks for the report, before and after. They never fail: a report with a gap must not stand in the
 * way of an upgrade, so what cannot be read is left open and noted.
 */
export const nodeSurvey = repeatable("node.survey", async (context) => {
  const { nodeId, containerName, address, port, https } = context.params;
  const [image, healthy, services] = await Promise.all([
    orOpen(context, "The container", async () => {
      const container = await inspectContainer(context, nodeId, containerName);
      return container?.image ?? null;
    }),
    orOpen(context, "The health", async () =>
      readHealth(await context.httpGet(nodeId, { address, port, https, path: "/oms/health" })),
    ),
    orOpen(context, "The list of services", async () => {
      const { stdout } = await context.look(nodeId, supervisorctl(containerName, "status"), {
        timeoutMs: patienceMs,
      });
      const states = readServices(stdout).map(({ name, state }) => [name, state] as const);
      return states.length === 0 ? null : Object.fromEntries(states);
    }),
  ]);
  return { nodeId, image, healthy, services } satisfies NodeSurvey;
});

export const metadbSurvey = repeatable("metadb.survey", async (context) => {
  const { route, databases, rmDatabase } = context.params;
  const read = await orOpen(context, "The MetaDB", () =>
    context.sql(route, async (session) => {
      const seen: DatabaseSurvey[] = [];
      for (const database of databases) {
        const tables = await orOpen(context, database, () => tableFingerprints(session, database));
        seen.push({ database, tables });
      }
      const projects =
        rmDatabase === null
          ? null
          : await orOpen(context, "The list of projects", () => readProjects(session, rmDatabase));
      return { databases: seen, projects };
    }),
  );
  const open = databases.map((database) => ({ database, tables: null }));
  return (read ?? { databases: open, projects: null }) satisfies MetadbSurvey;
});

/** What was read, or null with a line in the log that says why not. */
async function orOpen<K extends StepKind, T>(
  context: StepContext<K>,
  what: string,
  read: () => Promise<T | null>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (context.signal.aborted) throw error;
    context.note(`${what} could not be read for the report: ${errorInfo(error).message}`);
    return null;
  }
}
