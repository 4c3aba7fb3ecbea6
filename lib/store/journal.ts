import { replay } from "#lib/domain/apply-event.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { RunEvent, RunEventBody } from "#lib/domain/events.ts";
import type { RunId } from "#lib/domain/ids.ts";
import { hasEnded, type RunState } from "#lib/domain/run.ts";
import { db, isUniqueViolation, type Tx, transaction } from "./client.ts";
import { forgetCleanUp } from "./leftovers.ts";
import { markPlanUsed } from "./plans.ts";
import { cachesOf, holdAfter, writeConsequences } from "./run-caches.ts";
import { insertEvents, type Prepared, prepareEvents, readEvents } from "./run-events.ts";
import type { Claim, Journal } from "./types.ts";
import { grown } from "./wake.ts";

/** The journal in the database. See Journal for what each method promises. */
export class PrismaJournal implements Journal {
  /** The last state of the runs under way here, so that an append does not read the journal again. */
  readonly #states = new Map<RunId, RunState>();

  read(runId: RunId, afterSeq = 0, limit?: number): Promise<RunEvent[]> {
    return readEvents(db(), runId, afterSeq, { limit });
  }

  append(claim: Claim, expectedSeq: number, bodies: readonly RunEventBody[]): Promise<RunEvent[]> {
    return this.appendWith(claim, expectedSeq, bodies, async () => undefined);
  }

  /** As `append`, with more writes in the same transaction. */
  async appendWith(
    claim: Claim,
    expectedSeq: number,
    bodies: readonly RunEventBody[],
    also: (tx: Tx) => Promise<void>,
  ): Promise<RunEvent[]> {
    const before = await this.#stateAt(claim.runId, expectedSeq);
    const prepared = bodies.length === 0 ? null : prepareEvents(claim.runId, before, bodies);
    try {
      await transaction(async (tx) => {
        await this.#write(tx, claim, expectedSeq, prepared);
        await also(tx);
      });
    } catch (error) {
      throw isUniqueViolation(error) && prepared && holdAfter(prepared)
        ? activeRunExists(error)
        : error;
    }
    if (prepared) this.#remember(prepared.after);
    grown.give(claim.runId);
    return prepared?.events ?? [];
  }

  async confirm(claim: Claim): Promise<void> {
    const run = await db().run.findUnique({
      where: { id: claim.runId },
      select: { generation: true },
    });
    if (run?.generation !== claim.generation) throw await whyRefused(db(), claim);
  }

  async #write(tx: Tx, claim: Claim, expectedSeq: number, prepared: Prepared | null) {
    const { runId, generation } = claim;
    const hold = prepared ? holdAfter(prepared) : undefined;
    const { count } = await tx.run.updateMany({
      where: { id: runId, generation, lastSeq: expectedSeq },
      data: {
        ...(prepared ? cachesOf(prepared.after) : { lastSeq: expectedSeq }),
        ...(hold === undefined ? {} : { activeDeploymentId: hold }),
      },
    });
    if (count !== 1) throw await whyRefused(tx, claim, expectedSeq);
    if (!prepared) return;
    await insertEvents(tx, prepared, generation);
    for (const { body } of prepared.events) {
      if (body.type !== "leg.started") continue;
      await markPlanUsed(tx, body.planId, runId);
      await forgetCleanUp(tx, runId);
    }
    await writeConsequences(tx, prepared);
  }

  async #stateAt(runId: RunId, seq: number): Promise<RunState | null> {
    const known = this.#states.get(runId);
    // Events are never changed, so a state at the same number is the same state.
    return known?.seq === seq ? known : replay(await readEvents(db(), runId, 0, { upToSeq: seq }));
  }

  #remember(state: RunState): void {
    if (hasEnded(state.status)) this.#states.delete(state.runId);
    else this.#states.set(state.runId, state);
  }
}

export function activeRunExists(cause: unknown): UpliftError {
  return new UpliftError("run.active_exists", "Another run of this deployment is under way.", {
    remedy: "Wait until it has ended, or abandon it, then try again.",
    cause,
  });
}

/** Why a claim's write touched no row. */
export async function whyRefused(tx: Tx, claim: Claim, expectedSeq?: number): Promise<UpliftError> {
  const run = await tx.run.findUnique({ where: { id: claim.runId } });
  if (!run) {
    return new UpliftError("not_found", `There is no run ${claim.runId}.`, {
      remedy: "Open the list of runs.",
    });
  }
  if (run.generation !== claim.generation) {
    return new UpliftError(
      "run.generation_lost",
      `Run ${claim.runId} was taken over by ${run.worker ?? "another engine"}.`,
      { remedy: "Nothing is to be done: the other engine goes on with it." },
    );
  }
  return new UpliftError(
    "conflict",
    `The journal of run ${claim.runId} is at ${run.lastSeq}, not at ${expectedSeq}.`,
    { remedy: "Read the journal again and decide anew.", retryable: true },
  );
}
