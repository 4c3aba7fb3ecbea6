import { applyEvent } from "#lib/domain/apply-event.ts";
import { RunEvent, RunEventBody } from "#lib/domain/events.ts";
import type { RunId } from "#lib/domain/ids.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { Tx } from "./client.ts";

/** Events that fit a run's state, and the state after them; not written yet. */
export interface Prepared {
  runId: RunId;
  before: RunState | null;
  after: RunState;
  events: RunEvent[];
}

/**
 * Numbers and dates new events and applies them. Pure but for the clock.
 * @throws IllegalEvent, ZodError: then nothing may be written
 */
export function prepareEvents(
  runId: RunId,
  before: RunState | null,
  bodies: readonly RunEventBody[],
): Prepared {
  const at = new Date().toISOString();
  let after = before;
  const events = bodies.map((body, index) => {
    // What is stored is what any reader will accept, so it is read once before it is written.
    const parsed = RunEventBody.parse(body);
    const event: RunEvent = { runId, seq: (before?.seq ?? 0) + index + 1, at, body: parsed };
    after = applyEvent(after, event);
    return event;
  });
  if (!after) throw new Error("a journal cannot be opened with no event");
  return { runId, before, after, events };
}

export async function insertEvents(
  tx: Tx,
  { runId, events }: Pick<Prepared, "runId" | "events">,
  generation: number,
): Promise<void> {
  await tx.runEvent.createMany({
    data: events.map(({ seq, at, body }) => ({
      runId,
      seq,
      generation,
      at: new Date(at),
      type: body.type,
      body: JSON.stringify(body),
    })),
  });
}

/** The events of a run after a number, in order, at most `limit`. @throws ZodError when a row was damaged */
export async function readEvents(
  tx: Pick<Tx, "runEvent">,
  runId: RunId,
  afterSeq: number,
  { upToSeq, limit }: { upToSeq?: number; limit?: number | undefined } = {},
): Promise<RunEvent[]> {
  const rows = await tx.runEvent.findMany({
    where: {
      runId,
      seq: upToSeq === undefined ? { gt: afterSeq } : { gt: afterSeq, lte: upToSeq },
    },
    orderBy: { seq: "asc" },
    ...(limit === undefined ? {} : { take: limit }),
  });
  return rows.map(({ seq, at, body }) =>
    RunEvent.parse({ runId, seq, at: at.toISOString(), body: JSON.parse(body) }),
  );
}
