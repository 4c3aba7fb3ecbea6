import type { Claim, NewLogChunk, RunLog } from "#lib/store/types.ts";

/** Pieces that arrive within this time are stored together, milliseconds. */
const gatherMs = 80;
/** Enough text to store at once. */
const gatherChars = 256 * 1024;

/**
 * Stores a run's output in order, a few times a second.
 */
export class LogWriter {
  readonly #log: RunLog;
  readonly #claim: Claim;
  #waiting: NewLogChunk[] = [];
  #chars = 0;
  #timer: NodeJS.Timeout | null = null;
  #writing: Promise<void> = Promise.resolve();
  #failure: { error: unknown } | null = null;

  constructor(log: RunLog, claim: Claim) {
    this.#log = log;
    this.#claim = claim;
  }

  add(chunk: NewLogChunk): void {
    this.#waiting.push(chunk);
    this.#chars += chunk.text.length;
    if (this.#chars >= gatherChars) this.#write();
    else this.#timer ??= setTimeout(() => this.#write(), gatherMs);
  }

  /** Resolves once everything added so far is stored. @throws whatever the store threw */
  async flush(): Promise<void> {
    this.#write();
    await this.#writing;
    if (this.#failure) throw this.#failure.error;
  }

  #write(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting.length === 0) return;
    const chunks = this.#waiting;
    this.#waiting = [];
    this.#chars = 0;
    this.#writing = this.#writing
      .then(() => (this.#failure ? undefined : this.#log.append(this.#claim, chunks)))
      .catch((error: unknown) => {
        this.#failure = { error };
      });
  }
}
