import { applyEvent } from "#lib/domain/apply-event.ts";
import type { RunEvent, RunEventBody } from "#lib/domain/events.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { Claim, CommandQueue, Journal, OperatorCommand } from "#lib/store/types.ts";

/**
 * Writes one run's journal and keeps the state that follows from it. Events that arrive while a
 * commit is under way share the next one, so parallel steps do not queue for the disk one by one.
 */
export class JournalWriter {
  readonly #journal: Journal;
  readonly #claim: Claim;
  readonly #redact: (body: RunEventBody) => RunEventBody;
  #state: RunState;
  #waiting: { bodies: RunEventBody[]; done: (error?: unknown) => void }[] = [];
  #pumping: Promise<void> | null = null;
  #failure: { error: unknown } | null = null;

  constructor(
    journal: Journal,
    claim: Claim,
    state: RunState,
    redact: (body: RunEventBody) => RunEventBody,
  ) {
    this.#journal = journal;
    this.#claim = claim;
    this.#state = state;
    this.#redact = redact;
  }

  get state(): RunState {
    return this.#state;
  }

  /** Resolves once the events are on disk. After one failure every append fails: the state is unknown. */
  append(...bodies: RunEventBody[]): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure.error);
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        bodies: bodies.map(this.#redact),
        done: (error) => (error === undefined ? resolve() : reject(error)),
      });
      this.#pumping ??= this.#pump();
    });
  }

  /** Consumes an operator's command together with the events that it causes in the state of then. */
  async consume(
    commands: CommandQueue,
    command: OperatorCommand,
    decide: (state: RunState) => RunEventBody[],
  ): Promise<void> {
    while (this.#pumping) await this.#pumping;
    this.#throwFailure();
    // From here to the assignment nothing is awaited, so no append can come between.
    const bodies = decide(this.#state).map(this.#redact);
    let refused: { error: unknown } | null = null;
    this.#pumping = commands
      .consume(this.#claim, command, this.#state.seq, bodies)
      .then((events) => this.#fold(events))
      .catch((error: unknown) => {
        refused = { error };
      })
      .then(() => this.#pump());
    await this.#pumping;
    // Its transaction was rolled back whole: the journal is as it was, and others may write on.
    const { error } = (refused as { error: unknown } | null) ?? {};
    if (error !== undefined) throw error;
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error;
  }

  /** Waits until everything appended so far is on disk (or has failed). */
  async flush(): Promise<void> {
    while (this.#pumping) await this.#pumping;
  }

  async #pump(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#failure) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        const bodies = batch.flatMap((entry) => entry.bodies);
        this.#fold(await this.#journal.append(this.#claim, this.#state.seq, bodies));
        for (const entry of batch) entry.done();
      } catch (error) {
        for (const entry of batch) entry.done(error);
        this.#fail(error);
      }
    }
    this.#pumping = null;
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    for (const entry of this.#waiting) entry.done(error);
    this.#waiting = [];
  }

  #fold(events: readonly RunEvent[]): void {
    for (const event of events) this.#state = applyEvent(this.#state, event);
  }
}
