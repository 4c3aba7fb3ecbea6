import type { EventEmitter } from "node:events";
import type { RunId } from "#lib/domain/ids.ts";

/**
 * A hint inside this process that something about a run was committed. It may be missed, repeated or
 * come from Next's bundle, which shares nothing with server.ts but `process`: everybody polls too.
 */
const event = "uplift:wake";
const emitter: EventEmitter = process;

export function wake(runId: RunId): void {
  emitter.emit(event, runId);
}

/** Calls `listener` at every hint. @returns what ends it */
export function onWake(listener: (runId: RunId) => void): () => void {
  emitter.on(event, listener);
  return () => {
    emitter.off(event, listener);
  };
}
