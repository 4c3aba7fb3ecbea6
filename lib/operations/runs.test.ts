import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { OperatorCommandKind } from "#lib/domain/events.ts";
import type { RunId } from "#lib/domain/ids.ts";
import type { Actor, Role } from "#lib/domain/roles.ts";
import { createRun } from "#lib/store/create-run.ts";
import { prismaStore } from "#lib/store/store.ts";
import { ada, seedDeployment, seedPlan, temporaryStore } from "#lib/store/tests/fixtures.ts";
import { listAudit } from "./audit.ts";
import { approveGate, controlRun } from "./runs.ts";

let close: () => Promise<void>;
before(async () => {
  close = await temporaryStore();
});
after(() => close());

const as = (role: Role): Actor => ({ ...ada, name: role, role });
const code = (expected: string) => ({ code: expected });

/** As the entrances do: an approval is an operation of its own. */
const commandRun = (
  actor: Actor,
  runId: RunId,
  command: { kind: string; [field: string]: unknown },
) => (command.kind === "approve" ? approveGate : controlRun).perform(actor, { runId, ...command });

/** A run that waits at its only step, as if that were a gate. */
async function waitingRun() {
  const { plan, hash, stepId } = await seedPlan(await seedDeployment());
  const runId = await createRun({ planId: plan.id, planHash: hash, actor: ada });
  const { journal, queue, commands } = prismaStore();
  const claim = await queue.claim(runId, "test");
  await journal.append(claim, 2, [
    { type: "run.taken-up", worker: "test", generation: claim.generation },
    { type: "gate.reached", stepId },
    { type: "run.paused", reason: "gate", stepIds: [stepId] },
  ]);
  return { runId, stepId, waiting: () => commands.waiting(runId) };
}

test("an approver lets a run go on at a gate, which the audit keeps, and controls nothing else", async () => {
  const { runId, stepId, waiting } = await waitingRun();
  const approver = as("approver");
  for (const kind of OperatorCommandKind.options.filter((one) => one !== "approve")) {
    const command = { kind, stepId, reason: "why" };
    await assert.rejects(commandRun(approver, runId, command), code("forbidden"), kind);
  }
  await commandRun(approver, runId, { kind: "approve", stepId, reason: "backups seen" });
  const by = { userId: ada.userId, name: "approver" };
  assert.partialDeepStrictEqual(await waiting(), [
    { kind: "approve", stepId, reason: "backups seen", by },
  ]);
  const { entries } = await listAudit(as("viewer"), { limit: 1 });
  assert.equal(entries[0]?.action, "run.approve");
});

test("a viewer does nothing at all, also with a command that is none", async () => {
  const { runId, stepId } = await waitingRun();
  for (const kind of OperatorCommandKind.options) {
    const command = { kind, stepId, reason: "why" };
    await assert.rejects(commandRun(as("viewer"), runId, command), code("forbidden"), kind);
  }
  await assert.rejects(commandRun(as("viewer"), runId, { kind: "explode" }), code("forbidden"));
  await assert.rejects(commandRun(ada, runId, { kind: "explode" }), code("request.invalid"));
});

test("what the table of transitions forbids is refused before it is kept", async () => {
  const { runId, stepId, waiting } = await waitingRun();
  const operator = as("operator");
  for (const kind of ["resume", "cancel", "retry", "skip", "pause"]) {
    await assert.rejects(
      commandRun(operator, runId, { kind, stepId, reason: "why" }),
      code("run.command_not_allowed"),
      kind,
    );
  }
  await assert.rejects(commandRun(operator, runId, { kind: "approve" }), /names a step/);
  await assert.rejects(commandRun(operator, runId, { kind: "abandon" }), code("request.invalid"));
  assert.deepEqual(await waiting(), []);
});
