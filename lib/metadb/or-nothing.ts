import { UpliftError } from "#lib/domain/errors.ts";
import type { SqlRow } from "./types.ts";

/**
 * The rows of a look that may find nothing to look at: what a server refuses or does not know is not known, and a
 * table may be dropped beside it. A connection that is lost is another matter. @throws UpliftError metadb.unreachable
 */
export async function orNothing(rows: Promise<SqlRow[]>): Promise<SqlRow[]> {
  try {
    return await rows;
  } catch (error) {
    if (error instanceof UpliftError && error.code !== "metadb.unreachable") return [];
    throw error;
  }
}
