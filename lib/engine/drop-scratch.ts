import { replay } from "#lib/domain/apply-event.ts";
import type { NodeId, PlanId } from "#lib/domain/ids.ts";
import { planWithout } from "#lib/domain/leave-out/plan-without.ts";
import type { RunState } from "#lib/domain/run.ts";
import { serverLogin } from "#lib/domain/server-login.ts";
import type { StepOfKind } from "#lib/domain/step.ts";
import { dropScratch } from "#lib/metadb/scratch.ts";
import { scratchOf } from "#lib/steps/rehearsal.ts";
import type { Leftover } from "#lib/store/types.ts";
import type { EnginePorts } from "./ports.ts";

/** Deadline of one statement, milliseconds: a DROP waits for what the server is still at work on. */
const statementMs = 60_000;

/**
 * Drops the scratch databases that unfinished rehearsals of an ended run have left on servers that are
 * reached through a node, and ends first what may still fill them.
 *
 * @throws UpliftError ssh.*, metadb.*, rehearsal.refused
 */
export async function dropScratchOf(
  ports: EnginePorts,
  { runId, nodeId }: Pick<Leftover, "runId" | "nodeId">,
): Promise<void> {
  const state = replay(await ports.journal.read(runId));
  for (const { planId } of state?.plans ?? []) {
    if (state) await dropScratchOfPlan(ports, state, planId, nodeId);
  }
}

async function dropScratchOfPlan(
  ports: EnginePorts,
  state: RunState,
  planId: PlanId,
  nodeId: NodeId,
): Promise<void> {
  const plan = planWithout(await ports.queue.plan(planId), state);
  for (const step of plan.steps) {
    if (step.kind !== "database.rehearse" && step.kind !== "dump.trial") continue;
    if (step.params.route.via !== nodeId) continue;
    if (!isUnfinished(state, step)) continue;
    await endJobs(ports, state, step);
    const { server } = step.params.route;
    const host = await ports.host(nodeId);
    const login = await serverLogin(server, (id) => ports.secret(id));
    const stream = await host.dial(server.host, server.port);
    const via = host.target.name;
    const session = await ports.connectSql({
      ...{ server, ...login, stream, via, timeoutMs: statementMs },
    });
    try {
      await dropScratch(session, scratchOf({ plan, params: step.params }));
    } finally {
      await session.close();
    }
  }
}

/** Begun, and neither carried to its end nor ended by the rollback. */
function isUnfinished(
  state: RunState,
  { id }: StepOfKind<"database.rehearse" | "dump.trial">,
): boolean {
  const step = state.steps[id];
  const ended = Object.values(state.steps).some(
    (other) => other.id === `rollback.${id}` && other.status === "succeeded",
  );
  return step !== undefined && step.attempt > 0 && step.status !== "succeeded" && !ended;
}

/** A host that gives no answer keeps no database from being dropped: its client then loads into nothing. */
async function endJobs(
  ports: EnginePorts,
  state: RunState,
  { id, params }: StepOfKind<"database.rehearse" | "dump.trial">,
): Promise<void> {
  const gone: NodeId[] = Object.keys(state.leftOut) as NodeId[];
  if (gone.includes(params.nodeId)) return;
  try {
    const host = await ports.host(params.nodeId);
    for (let attempt = state.steps[id]?.attempt ?? 0; attempt >= 1; attempt--) {
      await host.cancelJob({ run: state.runId, step: id, attempt }, undefined);
    }
  } catch (error) {
    ports.report(`the rehearsal ${id} of run ${state.runId} could not be ended on its host`, error);
  }
}
