import { setTimeout as sleep } from "node:timers/promises";
import { command } from "#lib/commands/command.ts";
import { type ErrorCode, type ErrorInfo, errorInfo, isNoAnswer } from "#lib/domain/errors.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { RemoteHost } from "#lib/remote/types.ts";
import type { EnginePorts } from "./ports.ts";

/** A connection that is back within this time is not worth an event, milliseconds. */
const graceMs = 3_000;
/** Between two looks at a host that gives no answer; the connection's own back-off comes on top. */
const pauseMs = 500;
/** Deadline of one look, milliseconds: longer than a connection may take to be made. */
const lookTimeoutMs = 20_000;

interface Journal {
  readonly state: RunState;
  append(body: HostEvent): Promise<void>;
}
type HostEvent =
  | { type: "host.lost"; nodeId: NodeId; since: string; error: ErrorInfo }
  | { type: "host.back"; nodeId: NodeId };

/** A host that gives no answer, while it is looked at again and again. */
interface Absence {
  since: number;
  error: ErrorInfo;
  /** The reason that the journal knows; null: it knows nothing of it. */
  told: ErrorCode | null;
  over: Promise<void>;
  end: () => void;
}

/**
 * Knows which of a run's hosts give no answer now, journals it, and finds out when one is back. One
 * for each run while somebody works on it.
 */
export class HostWatch {
  readonly #ports: Pick<EnginePorts, "host" | "now">;
  readonly #journal: Journal;
  readonly #stopping = new AbortController();
  readonly #absences = new Map<NodeId, Absence>();
  readonly #looking = new Set<Promise<void>>();

  constructor(ports: Pick<EnginePorts, "host" | "now">, journal: Journal) {
    this.#ports = ports;
    this.#journal = journal;
    // What an earlier process could not reach is away until it has answered.
    for (const [nodeId, { since, error }] of Object.entries(journal.state.unreachable)) {
      this.#begin(nodeId as NodeId, { since: Date.parse(since), error, told: error.code });
    }
  }

  /** The same host; what comes of each use of it is noticed here. */
  over(nodeId: NodeId, host: RemoteHost): RemoteHost {
    const noticed = async <T>(work: Promise<T>): Promise<T> => {
      try {
        const result = await work;
        this.#answered(nodeId);
        return result;
      } catch (error) {
        const info = errorInfo(error);
        if (isNoAnswer(info)) this.lost(nodeId, info);
        throw error;
      }
    };
    return {
      ...host,
      exec: (...args) => noticed(host.exec(...args)),
      runJob: (job, options) =>
        noticed(
          host.runJob(job, {
            ...options,
            onConnection: (state) => {
              if (state === "lost") this.lost(nodeId, jobAlone(host));
              else this.#answered(nodeId);
              options.onConnection?.(state);
            },
          }),
        ),
      jobState: (key) => noticed(host.jobState(key)),
      cancelJob: (...args) => noticed(host.cancelJob(...args)),
      dial: (address, port) => noticed(host.dial(address, port)),
      clock: () => noticed(host.clock()),
    };
  }

  /** Somebody found that the host gives no answer. */
  lost(nodeId: NodeId, error: ErrorInfo): void {
    if (this.#absences.has(nodeId)) return;
    this.#begin(nodeId, { since: this.#ports.now(), error, told: null });
  }

  /** Asks a host whether it is there. */
  async answers(nodeId: NodeId): Promise<boolean> {
    const trouble = await this.#look(nodeId, this.#stopping.signal);
    if (trouble) this.lost(nodeId, trouble);
    else this.#answered(nodeId);
    return trouble === null;
  }

  /** Waits until the host answers again. @returns false when the signal was aborted first */
  async untilBack(nodeId: NodeId, signal: AbortSignal): Promise<boolean> {
    const absence = this.#absences.get(nodeId);
    if (!absence) return true;
    const given = new Promise<"up">((resolve) => {
      if (signal.aborted) resolve("up");
      signal.addEventListener("abort", () => resolve("up"), { once: true });
    });
    return (await Promise.race([absence.over, given])) !== "up";
  }

  /** Looks no more; what is away stays so in the journal, until the run stands or has ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#looking);
  }

  #begin(nodeId: NodeId, absence: Pick<Absence, "since" | "error" | "told">): void {
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    const begun = { ...absence, over, end };
    this.#absences.set(nodeId, begun);
    const looking = this.#lookAgain(nodeId, begun).catch(() => {
      // Stopped, or the journal is lost: then the run is, too, and says so itself.
    });
    this.#looking.add(looking);
    void looking.then(() => this.#looking.delete(looking));
  }

  async #lookAgain(nodeId: NodeId, absence: Absence): Promise<void> {
    const { signal } = this.#stopping;
    const firstWords = setTimeout(() => void this.#tell(nodeId, absence), graceMs);
    try {
      for (;;) {
        const trouble = await this.#look(nodeId, signal);
        // Another user of the host may have been quicker.
        if (this.#absences.get(nodeId) !== absence) return;
        if (trouble === null) return this.#answered(nodeId);
        // The first look that fails often knows better than whoever lost the connection.
        absence.error = trouble;
        await this.#tell(nodeId, absence);
        await sleep(pauseMs, undefined, { signal });
      }
    } finally {
      clearTimeout(firstWords);
    }
  }

  /** What keeps the host from answering, or null. One that refuses us is there. */
  async #look(nodeId: NodeId, signal: AbortSignal): Promise<ErrorInfo | null> {
    try {
      const host = await this.#ports.host(nodeId);
      await host.exec(command("true"), { timeoutMs: lookTimeoutMs, root: false, signal });
      return null;
    } catch (error) {
      signal.throwIfAborted();
      const info = errorInfo(error);
      return isNoAnswer(info) ? info : null;
    }
  }

  async #tell(nodeId: NodeId, absence: Absence): Promise<void> {
    if (absence.told === absence.error.code || this.#absences.get(nodeId) !== absence) return;
    absence.told = absence.error.code;
    const since = new Date(absence.since).toISOString();
    await this.#journal
      .append({ type: "host.lost", nodeId, since, error: absence.error })
      .catch(() => undefined);
  }

  #answered(nodeId: NodeId): void {
    const absence = this.#absences.get(nodeId);
    if (!absence) return;
    this.#absences.delete(nodeId);
    absence.end();
    if (absence.told !== null) {
      this.#journal.append({ type: "host.back", nodeId }).catch(() => undefined);
    }
  }
}

function jobAlone({ target }: RemoteHost): ErrorInfo {
  return {
    code: "ssh.connection_lost",
    message: `The connection to ${target.name} was lost; the job goes on there.`,
    remedy: "Check the host and the network to it. Uplift connects again by itself.",
    retryable: true,
    host: target.name,
  };
}
