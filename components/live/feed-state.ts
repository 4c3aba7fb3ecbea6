import { applyEvent } from "#lib/domain/apply-event.ts";
import type { StepId } from "#lib/domain/ids.ts";
import type { RunState } from "#lib/domain/run.ts";
import { LogLines } from "#lib/domain/run-log/log-lines.ts";
import type { Feed, LogLine } from "#lib/realtime/protocol.ts";

/**
 * What a browser knows of a run: its state and its log, fed by batches that may repeat what is
 * known already. Lines are appended to one array that is never copied: a log may be long.
 */
export class FeedState {
  run: RunState;
  readonly log = new LogLines();
  /** When each step last said something, ISO 8601. */
  readonly lastOutput = new Map<StepId, string>();
  /** Number of the last log piece that was taken in. */
  lastLog: number;
  /** Server clock minus this browser's, milliseconds. */
  aheadMs: number;

  constructor(run: RunState, aheadMs: number, lastLog = 0) {
    this.lastLog = lastLog;
    this.run = run;
    this.aheadMs = aheadMs;
  }

  /**
   * Takes a batch in.
   *
   * @returns false when an event or a piece of the log is missing, or an event does not fit:
   *   subscribe again from `run.seq` and `lastLog`
   */
  take(feed: Feed, now: number): boolean {
    this.aheadMs = feed.now - now;
    for (const piece of feed.log) {
      if (piece.seq <= this.lastLog) continue;
      if (this.lastLog > 0 && piece.seq !== this.lastLog + 1) return false;
      this.#add(piece);
    }
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
    this.lastOutput.set(piece.stepId, piece.at);
    this.log.add(piece);
  }
}
