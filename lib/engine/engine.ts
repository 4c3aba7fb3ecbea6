import { randomUUID } from "node:crypto";
import { UpliftError } from "#lib/domain/errors.ts";
import type { RunId } from "#lib/domain/ids.ts";
import { Janitor } from "./janitor.ts";
import { defaultEngineOptions, type EngineOptions, type EnginePorts } from "./ports.ts";
import { RunWorker } from "./run-worker.ts";

/** After an unexpected error a run is left alone for a while, milliseconds. */
const retryAfterMs = 5_000;

/**
 * Looks for runs that want work, and works on each until it is paused or has ended. Everything it
 * knows is in the database: starting it after a crash is the same as starting it.
 */
export class Engine {
  readonly #ports: EnginePorts;
  readonly #options: EngineOptions;
  readonly #stopping = new AbortController();
  readonly #working = new Map<RunId, Promise<void>>();
  readonly #resting = new Map<RunId, number>();
  /** Runs that another process has taken up; taking one back would only begin a quarrel. */
  readonly #takenOver = new Set<RunId>();
  readonly #janitor: Janitor;
  #loop: Promise<void> | null = null;
  #nudge: () => void = () => undefined;

  constructor(ports: EnginePorts, options: Partial<EngineOptions> & Pick<EngineOptions, "worker">) {
    this.#ports = ports;
    this.#options = { ...defaultEngineOptions, process: randomUUID(), ...options };
    this.#janitor = new Janitor(ports, this.#options);
  }

  start(): void {
    this.#loop ??= this.#run();
    this.#janitor.start();
  }

  /** Stops taking up work; steps in flight stay open in the journal and are taken up again later. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#nudge();
    await this.#loop;
    this.#janitor.stop();
    await Promise.all(this.#working.values());
  }

  async #run(): Promise<void> {
    const unwatch = this.#ports.onWanted(() => this.#nudge());
    while (!this.#stopping.signal.aborted) {
      const changed = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#options.pollMs);
        this.#nudge = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      try {
        for (const runId of await this.#ports.queue.runnable()) this.#take(runId);
      } catch (error) {
        this.#ports.report("the database could not be asked for runs", error);
      }
      await changed;
    }
    unwatch();
  }

  #take(runId: RunId): void {
    if (this.#working.has(runId) || this.#stopping.signal.aborted) return;
    if (this.#takenOver.has(runId)) return;
    if ((this.#resting.get(runId) ?? 0) > this.#ports.now()) return;
    const around = { janitor: this.#janitor, stop: this.#stopping.signal };
    const work = RunWorker.work(this.#ports, this.#options, runId, around)
      .catch((error: unknown) => {
        if (error instanceof UpliftError && error.code === "run.generation_lost") {
          this.#takenOver.add(runId);
        }
        this.#resting.set(runId, this.#ports.now() + retryAfterMs);
        this.#ports.report(`run ${runId} was interrupted`, error);
      })
      .finally(() => {
        this.#working.delete(runId);
        this.#nudge();
      });
    this.#working.set(runId, work);
  }
}
