import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { Redactor } from "#lib/log/redact.ts";
import { StreamRedactor } from "#lib/log/redact-stream.ts";
import type { JobOutput, OutputStream } from "#lib/remote/types.ts";
import type { LogWriter } from "./log-writer.ts";
import type { EnginePorts } from "./ports.ts";

/** The log of one attempt of a step: redacted, in order, with the host's byte offsets. */
export class StepLog {
  readonly #logs: LogWriter;
  readonly #redactor: Redactor;
  readonly #now: () => string;
  readonly #stepId: StepId;
  readonly #attempt: number;

  constructor(
    logs: LogWriter,
    redactor: Redactor,
    ports: Pick<EnginePorts, "now">,
    stepId: StepId,
    attempt: number,
  ) {
    this.#logs = logs;
    this.#redactor = redactor;
    this.#now = () => new Date(ports.now()).toISOString();
    this.#stepId = stepId;
    this.#attempt = attempt;
  }

  /** A line of Uplift's own. */
  note(nodeId: NodeId | null, text: string): void {
    this.#add(nodeId, "note", `${this.#redactor.redact(text)}\n`, null);
  }

  /** Output that came back whole. */
  text(nodeId: NodeId, stream: OutputStream, text: string): void {
    if (text === "") return;
    const ended = text.endsWith("\n") ? text : `${text}\n`;
    this.#add(nodeId, stream, this.#redactor.redact(ended), null);
  }

  /**
   * A job's output, which is delivered from its beginning after every attach.
   *
   * @param stored bytes of each stream that an earlier process has stored already
   */
  job(nodeId: NodeId, stored: Record<OutputStream, number>): JobLog {
    const streams = {
      stdout: new StreamRedactor(this.#redactor, stored.stdout),
      stderr: new StreamRedactor(this.#redactor, stored.stderr),
    };
    const emit = (stream: OutputStream, piece: { text: string; sourceEnd: number } | null) => {
      if (piece) this.#add(nodeId, stream, piece.text, piece.sourceEnd);
    };
    return {
      push: ({ stream, offset, bytes }) => {
        const skip = Math.max(0, stored[stream] - offset);
        if (skip < bytes.length) emit(stream, streams[stream].push(bytes.subarray(skip)));
      },
      end: () => {
        emit("stdout", streams.stdout.end());
        emit("stderr", streams.stderr.end());
      },
    };
  }

  #add(
    nodeId: NodeId | null,
    stream: OutputStream | "note",
    text: string,
    sourceEnd: number | null,
  ): void {
    const [stepId, attempt] = [this.#stepId, this.#attempt];
    this.#logs.add({ stepId, attempt, nodeId, stream, text, sourceEnd, at: this.#now() });
  }
}

export interface JobLog {
  push(output: JobOutput): void;
  end(): void;
}
