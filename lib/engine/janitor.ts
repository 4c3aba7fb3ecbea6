import { errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { NodeId, RunId } from "#lib/domain/ids.ts";
import type { Text } from "#lib/domain/message.ts";
import type { Leftover } from "#lib/store/types.ts";
import { dropScratchOf } from "./drop-scratch.ts";
import type { EngineOptions, EnginePorts } from "./ports.ts";

/** Hosts that are cleaned at the same time. */
const atOnce = 8;
/** A host that does not answer at a run's end is left for later after this time, milliseconds. */
const answerWithinMs = 5_000;

/** A host that was not cleaned, and why. */
export interface NotCleaned {
  nodeId: NodeId;
  why: Text;
}

/**
 * Takes away what ended runs leave: their locks on hosts and their scratch databases at once, their job
 * directories after a time.
 * What is left to do stands in the database alone; whatever is missed now is done in a later round.
 */
export class Janitor {
  readonly #ports: EnginePorts;
  readonly #options: EngineOptions;
  readonly #stopping = new AbortController();
  /** What is being cleaned, by run and node. */
  readonly #underWay = new Map<string, Promise<Text | null>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(ports: EnginePorts, options: EngineOptions) {
    this.#ports = ports;
    this.#options = options;
  }

  start(): void {
    let busy = false;
    const round = async () => {
      if (busy) return;
      busy = true;
      try {
        await this.#clean();
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        this.#ports.report("what ended runs left on hosts was not cleaned up", error);
      } finally {
        busy = false;
      }
    };
    this.#timer ??= setInterval(() => void round(), this.#options.cleanUpEveryMs);
    void round();
  }

  /** Begins nothing more. What is under way is not waited for: a later round finds what is left. */
  stop(): void {
    clearInterval(this.#timer);
    this.#stopping.abort();
  }

  /** Right after a run's end. @returns the hosts on which something is left for later */
  afterEnd(runId: RunId): Promise<NotCleaned[]> {
    return this.#clean(runId);
  }

  async #clean(runId?: RunId): Promise<NotCleaned[]> {
    const { jobRetentionMs: retentionMs, cleanUpRetryMs: retryMs } = this.#options;
    const query = { now: this.#ports.now(), retentionMs, retryMs };
    const left = await this.#ports.leftovers.due(runId ? { ...query, runId } : query);
    const trouble: NotCleaned[] = [];
    const next = async () => {
      for (let one = left.shift(); one; one = left.shift()) {
        if (this.#stopping.signal.aborted) return;
        const key = `${one.runId} ${one.nodeId}`;
        const busy = this.#underWay.get(key);
        // A second try beside it could still act on the host after the first was told to have failed.
        if (busy && runId === undefined) continue;
        const why = await (busy ?? this.#begin(key, one));
        if (why !== null) trouble.push({ nodeId: one.nodeId, why });
      }
    };
    await Promise.all(Array.from({ length: atOnce }, next));
    return trouble;
  }

  #begin(key: string, left: Leftover): Promise<Text | null> {
    const cleaning = this.#cleanHost(left).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, cleaning);
    return cleaning;
  }

  /** @returns what kept it from being cleaned */
  async #cleanHost(left: Leftover): Promise<Text | null> {
    const gone = { lock: !left.lock, jobs: false, scratch: false };
    let why: Text | null = null;
    try {
      const host = await this.#ports.host(left.nodeId);
      if (left.lock) {
        const { installation } = await this.#ports.dashboard();
        const { runId: run, generation } = left;
        const claim = { installation, run, generation };
        // Whatever the answer is: this run does not hold the host any more, or holds it anew.
        await host.lock.release(claim, { timeoutMs: answerWithinMs });
        gone.lock = true;
      }
      if (left.scratch) {
        // Its name is this run's alone: whoever holds the host by now has nothing to do with it.
        await dropScratchOf(this.#ports, left);
        gone.scratch = true;
      }
      if (left.jobs) {
        await host.removeJobs(left.runId);
        gone.jobs = true;
      }
    } catch (error) {
      why = errorInfo(error).message;
      // A node that is not registered any more cannot be reached: there is nobody to try again for.
      if (error instanceof UpliftError && error.code === "not_found") {
        gone.lock = gone.jobs = gone.scratch = true;
      }
    }
    await this.#ports.leftovers.settle(left, gone, why);
    return gone.lock ? null : why;
  }
}
