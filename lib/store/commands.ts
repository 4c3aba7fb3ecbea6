import { UpliftError } from "#lib/domain/errors.ts";
import { OperatorCommandKind, type RunEvent, type RunEventBody } from "#lib/domain/events.ts";
import { CommandId, newId, PlanId, RunId, StepId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { audit } from "./audit.ts";
import { db, transaction } from "./client.ts";
import type { PrismaJournal } from "./journal.ts";
import type { Claim, CommandQueue, OperatorCommand } from "./types.ts";
import { wanted } from "./wake.ts";

export type NewCommand = Omit<OperatorCommand, "id" | "by"> & { actor: Actor };

/**
 * Leaves a command for the engine and writes the audit row. Whether the run's state allows it is
 * decided by the service before and by the engine when it consumes it.
 *
 * @throws UpliftError not_found, conflict (a rollback of a deleted deployment)
 */
export async function enqueueCommand(command: NewCommand): Promise<CommandId> {
  const id = CommandId.parse(newId(CommandId, "cmd"));
  const { runId, kind, stepId, reason, planId, planHash, actor } = command;
  await transaction(async (tx) => {
    const run = await tx.run.findUnique({
      where: { id: runId },
      select: { deployment: { select: { deletedAt: true } } },
    });
    if (!run) {
      throw new UpliftError("not_found", `There is no run ${runId}.`, {
        remedy: "Open the list of runs.",
      });
    }
    if (kind === "rollback" && run.deployment.deletedAt) {
      throw new UpliftError(
        "conflict",
        "The run's deployment was deleted, its passwords with it.",
        {
          remedy: "Restore the dumps by hand; the backups page says where they are.",
        },
      );
    }
    await tx.operatorCommand.create({
      data: {
        ...{ id, runId, kind, stepId, reason, planId, planHash },
        byId: actor.userId,
        byName: actor.name,
        createdAt: new Date(),
      },
    });
    const detail = { commandId: id, stepId, reason, planId, planHash };
    await audit(tx, actor, `run.${kind}`, { type: "run", id: runId }, detail);
  });
  wanted.give(runId);
  return id;
}

export class PrismaCommandQueue implements CommandQueue {
  readonly #journal: PrismaJournal;

  constructor(journal: PrismaJournal) {
    this.#journal = journal;
  }

  async waiting(runId: RunId): Promise<OperatorCommand[]> {
    const rows = await db().operatorCommand.findMany({
      where: { runId, consumedAt: null },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    return rows.map((row) => ({
      id: CommandId.parse(row.id),
      runId: RunId.parse(row.runId),
      kind: OperatorCommandKind.parse(row.kind),
      stepId: StepId.nullable().parse(row.stepId),
      reason: row.reason,
      planId: PlanId.nullable().parse(row.planId),
      planHash: row.planHash,
      by: { userId: row.byId, name: row.byName },
    }));
  }

  consume(
    claim: Claim,
    command: OperatorCommand,
    expectedSeq: number,
    bodies: readonly RunEventBody[],
  ): Promise<RunEvent[]> {
    return this.#journal.appendWith(claim, expectedSeq, bodies, async (tx) => {
      const { count } = await tx.operatorCommand.updateMany({
        where: { id: command.id, runId: claim.runId, consumedAt: null },
        data: { consumedAt: new Date() },
      });
      if (count !== 1) {
        throw new UpliftError("conflict", `Command ${command.id} was consumed before.`, {
          remedy: "Nothing is to be done: it took effect once.",
        });
      }
    });
  }
}
