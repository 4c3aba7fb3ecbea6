import { UpliftError } from "#lib/domain/errors.ts";
import type { ProjectFacts } from "#lib/domain/facts.ts";
import { readProjects } from "./survey.ts";
import type { SqlSession } from "./types.ts";

/** Names that are listed; more of them say nothing new. */
const shown = 20;

/**
 * The projects that are not deleted, by kind and status. Null when a table is not as documented
 * (docs/domain, section 3): then nothing is assumed.
 */
export async function lookAtProjects(
  session: Pick<SqlSession, "query">,
  rmDatabase: string,
): Promise<ProjectFacts[] | null> {
  try {
    const kinds = Map.groupBy(await readProjects(session, rmDatabase), ({ kind }) => kind);
    return [...kinds].map(([kind, projects]) => ({
      kind,
      statuses: counts(projects.map(({ status }) => status)),
      duplicateNames: Object.entries(counts(projects.map(({ name }) => name)))
        .filter(([, times]) => times > 1)
        .map(([name]) => name)
        .slice(0, shown),
    }));
  } catch (error) {
    if (error instanceof UpliftError && error.code === "metadb.query_failed") return null;
    throw error;
  }
}

function counts(words: readonly string[]): Record<string, number> {
  const found: [string, number][] = [...Map.groupBy(words, (word) => word)].map(([word, all]) => [
    word,
    all.length,
  ]);
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}
