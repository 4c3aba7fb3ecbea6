import { z } from "zod";
import { RunEvent } from "#lib/domain/events.ts";
import { NodeId, RunId, StepId } from "#lib/domain/ids.ts";

/** One piece of a step's output as browsers get it. */
export const LogLine = z.object({
  /** Number within the run; the cursor of a subscription. */
  seq: z.number().int(),
  stepId: StepId,
  attempt: z.number().int(),
  nodeId: NodeId.nullable(),
  stream: z.enum(["stdout", "stderr", "note"]),
  /** Characters of this step's log before this piece. */
  offset: z.number().int(),
  at: z.iso.datetime(),
  text: z.string(),
});
export type LogLine = z.infer<typeof LogLine>;

/** `subscribe`: a browser says what it has; the gateway sends all that comes after, without end. */
export const Subscribe = z.object({
  runId: RunId,
  afterSeq: z.number().int().min(0),
  afterLog: z.number().int().min(0),
});
export type Subscribe = z.infer<typeof Subscribe>;

/**
 * `feed`: the next events and log pieces, in order. The browser acknowledges each batch; one more is
 * read from the store meanwhile, none beyond that, so a slow browser costs neither memory nor a run's
 * speed.
 */
export const Feed = z.object({
  runId: RunId,
  events: z.array(RunEvent),
  log: z.array(LogLine),
  /** The server's clock, milliseconds: what the outage clock counts by. */
  now: z.number(),
  /** Nothing more is stored at this moment. */
  caughtUp: z.boolean(),
});
export type Feed = z.infer<typeof Feed>;

export interface ServerToBrowser {
  feed(feed: Feed, acknowledge: () => void): void;
}

export interface BrowserToServer {
  subscribe(
    subscribe: Subscribe,
    answer: (result: { ok: true } | { ok: false; code: string; message: string }) => void,
  ): void;
  unsubscribe(runId: RunId): void;
}
