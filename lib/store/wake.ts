import type { EventEmitter } from "node:events";
import type { RunId } from "#lib/domain/ids.ts";

/**
 * Hints inside this process that something about a run was committed. They may be missed, repeated or
 * come from Next's bundle, which shares nothing with server.ts but `process`: everybody polls too.
 *
 * Two kinds, since a run's journal and log grow dozens of times a second while it is worked on, and only
 * those who show it have to look then.
 */
const emitter: EventEmitter = process;

function hint(event: string) {
  return {
    give: (runId: RunId): void => {
      emitter.emit(event, runId);
    },
    /** Calls `listener` at every hint. @returns what ends it */
    on: (listener: (runId: RunId) => void): (() => void) => {
      emitter.on(event, listener);
      return () => {
        emitter.off(event, listener);
      };
    },
  };
}

/** The run's journal or its log has grown. */
export const grown = hint("uplift:grown");
/** There is something for the engine to do: a new run, or an operator's command. */
export const wanted = hint("uplift:wanted");
