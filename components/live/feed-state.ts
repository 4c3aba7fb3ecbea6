import { applyEvent } from "#lib/domain/apply-event.ts";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { Feed, LogLine } from "#lib/realtime/protocol.ts";

/** One line of the log as it is shown. */
export interface ShownLine {
  stepId: StepId;
  nodeId: NodeId | null;
  stream: LogLine["stream"];
  at: string;
  text: string;
}

/**
 * What a browser knows of a run: its state and its log, fed by batches that may repeat what is
 * known already. Lines are appended to one array that is never copied: a log may be long.
 */
export class FeedState {
  run: RunState;
  readonly lines: ShownLine[] = [];
  /** When each step last said something, ISO 8601. */
  readonly lastOutput = new Map<StepId, string>();
  /** Number of the last log piece that was taken in. */
  lastLog = 0;
  /** Server clock minus this browser's, milliseconds. */
  aheadMs: number;
  /** Where an unfinished line of a step's stream stands, until its end comes. */
  readonly #open = new Map<string, number>();

  constructor(run: RunState, aheadMs: number) {
    this.run = run;
    this.aheadMs = aheadMs;
  }

  /**
   * Takes a batch in.
   *
   * @returns false when an event is missing or does not fit: subscribe again from `run.seq`
   */
  take(feed: Feed, now: number): boolean {
    this.aheadMs = feed.now - now;
    for (const piece of feed.log) if (piece.seq > this.lastLog) this.#add(piece);
    for (const event of feed.events) {
      if (event.seq <= this.run.seq) continue;
      try {
        this.run = applyEvent(this.run, event);
      } catch {
        return false;
      }
    }
    return true;
  }

  #add(piece: LogLine): void {
    this.lastLog = piece.seq;
    const { stepId, nodeId, stream, at } = piece;
    this.lastOutput.set(stepId, at);
    const key = `${stepId} ${piece.attempt} ${nodeId} ${stream}`;
    const parts = piece.text.split("\n");
    const rest = parts.pop() ?? "";
    const open = this.#open.get(key);
    for (const [index, text] of [...parts, ...(rest === "" ? [] : [rest])].entries()) {
      const begun = index === 0 && open !== undefined ? this.lines[open] : undefined;
      if (begun) this.lines[open ?? 0] = { ...begun, text: begun.text + text };
      else this.lines.push({ stepId, nodeId, stream, at, text });
    }
    if (rest === "") this.#open.delete(key);
    else if (parts.length > 0 || open === undefined) this.#open.set(key, this.lines.length - 1);
  }
}
