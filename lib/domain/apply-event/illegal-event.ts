import type { RunEvent } from "../events.ts";

/** The journal and the state do not fit: a duplicate, a gap, or a transition that cannot happen. */
export class IllegalEvent extends Error {
  readonly event: RunEvent;
  constructor(event: RunEvent, why: string) {
    super(`event ${event.seq} (${event.body.type}) of ${event.runId}: ${why}`);
    this.name = "IllegalEvent";
    this.event = event;
  }
}

/** @throws IllegalEvent always */
export function refuse(event: RunEvent, why: string): never {
  throw new IllegalEvent(event, why);
}
