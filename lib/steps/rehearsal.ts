import { errorInfo } from "#lib/domain/errors.ts";
import { dropScratch, type Scratch } from "#lib/metadb/scratch.ts";
import { repeatable, type StepContext } from "./context.ts";

/** What a comparison told; empty differences mean that the dump holds what its source does. */
export interface Verdict {
  differences: string[];
  tables: number;
  rows: number;
  /** Whether triggers and routines were restored, too. */
  withObjects: boolean;
  restoreMs: number;
  compareMs: number;
}

/** What a rehearsal commits: that its scratch database is ready, then what the comparison told. */
export interface RehearsalIntent extends Record<string, unknown> {
  /** The attempt that it is true of. */
  attempt: number;
  verdict: Verdict | null;
}

type Rehearsal = Pick<StepContext<"database.rehearse">, "plan" | "params">;

/** The scratch database of a step of the plan under way. */
export function scratchOf({ plan, params }: Rehearsal): Scratch {
  return { name: params.scratch, madeBy: plan.id, never: databasesOf(plan) };
}

function databasesOf({ steps }: Rehearsal["plan"]): string[] {
  return steps.flatMap(({ params }) => ("database" in params ? [params.database] : []));
}

/** Where something else is to be told: what is left is dropped by a retry, or when the run has ended. */
export async function dropQuietly(context: StepContext<"database.rehearse">): Promise<void> {
  try {
    await context.sql(context.params.route, (session) => dropScratch(session, scratchOf(context)));
  } catch (error) {
    context.note(`${context.params.scratch} was not dropped: ${errorInfo(error).message}`);
  }
}

/** In a rollback: nothing of an unfinished rehearsal goes on, and its scratch database goes. */
export const rehearsalEnd = repeatable("rehearsal.end", async (context) => {
  const { nodeId, route, scratch, rehearsal, markedBy } = context.params;
  await context.endJobsOf(rehearsal, nodeId);
  const never = databasesOf(context.plan);
  const dropped = await context.sql(route, (session) =>
    dropScratch(session, { name: scratch, madeBy: markedBy, never }),
  );
  return { dropped };
});
