import type { Claim, NewLogChunk, RunLog } from "#lib/store/types.ts";

/** Pieces that arrive within this time are stored together, milliseconds. */
const gatherMs = 80;
/** Enough text to store at once. */
const gatherChars = 256 * 1024;
/** Pieces of one stream that follow each other are stored as one up to this length, characters. */
const joinedChars = 16 * 1024;

/** Stores a run's output in order, a few times a second. */
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
    const last = this.#waiting.at(-1);
    // A row for every line would make a long log slow to store and slow to read.
    if (last && isSameStream(last, chunk) && last.text.length + chunk.text.length <= joinedChars) {
      this.#waiting[this.#waiting.length - 1] = join(last, chunk);
    } else {
      this.#waiting.push(chunk);
    }
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

function isSameStream(a: NewLogChunk, b: NewLogChunk): boolean {
  return (
    a.stepId === b.stepId &&
    a.attempt === b.attempt &&
    a.nodeId === b.nodeId &&
    a.stream === b.stream
  );
}

/** Two pieces as one: as old as the first, and as far in the host's file as the second. */
function join(first: NewLogChunk, second: NewLogChunk): NewLogChunk {
  return {
    ...first,
    text: first.text + second.text,
    sourceEnd: second.sourceEnd ?? first.sourceEnd,
  };
}
