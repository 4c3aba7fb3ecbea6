import type { JobOutput, OutputStream } from "./types.ts";

/** How much of each stream a result keeps, in bytes, counted from the end. */
const keptBytes = 256 * 1024;

/** Puts a job's output together, whatever the number of connections it came over. */
export interface OutputCollector {
  /** Bytes received so far, per stream: where the next connection goes on. */
  readonly offsets: Readonly<Record<OutputStream, number>>;
  /** @throws Error when the piece leaves a gap or repeats something */
  add(output: JobOutput): void;
  /** The end of a stream as text. */
  tail(stream: OutputStream): string;
}

export function createOutputCollector(): OutputCollector {
  const offsets = { stdout: 0, stderr: 0 };
  const tails: Record<OutputStream, Tail> = { stdout: new Tail(), stderr: new Tail() };
  return {
    offsets,
    add({ stream, offset, bytes }) {
      if (offset !== offsets[stream]) {
        throw new Error(`${stream} goes on at byte ${offset} instead of ${offsets[stream]}`);
      }
      offsets[stream] += bytes.length;
      tails[stream].add(bytes);
    },
    tail: (stream) => tails[stream].text(),
  };
}

class Tail {
  #pieces: Buffer[] = [];
  #length = 0;

  add(bytes: Buffer): void {
    this.#pieces.push(bytes);
    this.#length += bytes.length;
    // Joined only now and then, so that many small pieces stay cheap.
    if (this.#length > 2 * keptBytes || this.#pieces.length > 1_000) this.#join();
  }

  text(): string {
    const whole = this.#join();
    let start = 0;
    // A cut may fall inside a character: its remaining bytes (10xxxxxx) are dropped.
    if (whole.length === keptBytes) {
      while (start < 3 && ((whole[start] ?? 0) & 0xc0) === 0x80) start += 1;
    }
    return whole.toString("utf8", start);
  }

  #join(): Buffer {
    const whole = Buffer.concat(this.#pieces);
    // A copy, so that the part that is not kept can be freed.
    const kept = whole.length > keptBytes ? Buffer.from(whole.subarray(-keptBytes)) : whole;
    this.#pieces = [kept];
    this.#length = kept.length;
    return kept;
  }
}
