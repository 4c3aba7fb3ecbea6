import { errorInfo } from "#lib/domain/errors.ts";
import type { StepParams } from "#lib/domain/step.ts";
import { dropScratch, type Scratch } from "#lib/metadb/scratch.ts";
import type { SqlSession } from "#lib/metadb/types.ts";
import { repeatable, type StepContext } from "./context.ts";

/** What a comparison told; empty differences mean that the dump holds what its source does. */
export interface Verdict {
  differences: string[];
  /** Tables whose rows differ because OMS may have written to them since; only for practice backups. */
  moved?: string[];
  tables: number;
  rows: number;
  restoreMs: number;
  compareMs: number;
}

/** What a rehearsal commits: that its scratch database is ready, then what the comparison told. */
export interface RehearsalIntent extends Record<string, unknown> {
  /** The attempt that it is true of. */
  attempt: number;
  verdict: Verdict | null;
}

/** A step that works in a scratch database of its own. */
type Rehearsal = Pick<StepContext<"database.rehearse">, "plan"> & {
  params: Pick<StepParams<"database.rehearse">, "scratch" | "route">;
};
type OwnScratch = Rehearsal & Pick<StepContext<"database.rehearse">, "sql">;

/** The scratch database of a step of the plan under way. */
export function scratchOf({ plan, params }: Rehearsal): Scratch {
  return { name: params.scratch, madeBy: plan.id, never: databasesOf(plan) };
}

function databasesOf({ steps }: Rehearsal["plan"]): string[] {
  return steps.flatMap(({ params }) => ("database" in params ? [params.database] : []));
}

/** Drops under way, by scratch database: a step that is cancelled and its own end may want the same one. */
const dropping = new Map<string, Promise<boolean>>();

/** Drops the step's scratch database; somebody who wants that meanwhile waits for the same drop. */
export async function dropOwn(context: OwnScratch): Promise<void> {
  const scratch = scratchOf(context);
  const drop = (session: SqlSession) => {
    const begun = dropping.get(scratch.name) ?? dropScratch(session, scratch);
    dropping.set(scratch.name, begun);
    return begun.finally(() => dropping.delete(scratch.name));
  };
  await context.sql(context.params.route, drop);
}

/** Where something else is to be told: what is left is dropped by a retry, or when the run has ended. */
export async function dropQuietly(context: StepContext<"database.rehearse">): Promise<void> {
  try {
    await dropOwn(context);
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
