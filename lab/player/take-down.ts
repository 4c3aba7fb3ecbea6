import { readFileSync } from "node:fs";
import { replay } from "#lib/domain/apply-event.ts";
import { Check } from "#lib/domain/facts.ts";
import type { PlanId, RunId } from "#lib/domain/ids.ts";
import { Plan, UpgradeTarget } from "#lib/domain/plan.ts";
import { requireInventory } from "#lib/services/inventory-reading.ts";
import { db } from "#lib/store/client.ts";
import { prismaStore } from "#lib/store/store.ts";
import { type RecordedPiece, Recording } from "./recording.ts";

/** A run out of the open store. @throws RangeError when it has no journal */
export async function takeDown(runId: RunId): Promise<Recording> {
  const { journal, log } = prismaStore();
  const events = await journal.read(runId);
  const state = replay(events);
  if (!state) throw new RangeError(`run ${runId} has no journal`);
  const pieces: RecordedPiece[] = [];
  for (let after = 0; ; ) {
    const page = await log.read(runId, after, 500);
    for (const { seq, offset: _, ...piece } of page) {
      pieces.push(piece);
      after = seq;
    }
    if (page.length === 0) break;
  }
  return {
    inventory: await requireInventory(state.deploymentId),
    plans: await Promise.all(state.plans.map(({ planId }) => planRow(planId))),
    events,
    log: pieces,
  };
}

/** @throws ZodError when the file holds something else */
export function readRecording(file: string): Recording {
  return Recording.parse(JSON.parse(readFileSync(file, "utf8")));
}

async function planRow(id: PlanId): Promise<Recording["plans"][number]> {
  const { body, hash, checks, facts, target } = await db().plan.findUniqueOrThrow({
    where: { id },
  });
  return {
    plan: Plan.parse(JSON.parse(body)),
    hash,
    checks: Check.array().parse(JSON.parse(checks)),
    facts: facts === "" ? null : JSON.parse(facts),
    target: target === "" ? null : UpgradeTarget.parse(JSON.parse(target)),
  };
}
