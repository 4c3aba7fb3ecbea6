import { type ErrorCode, UpliftError } from "#lib/domain/errors.ts";
import { Secret } from "#lib/domain/secret.ts";
import { lockRefused } from "#lib/remote/lock-errors.ts";
import { lockText, readLockText } from "#lib/remote/lock-text.ts";
import type { HostTarget, LockAnswer, RemoteHost } from "#lib/remote/types.ts";

type Claim = NonNullable<Parameters<RemoteHost["exec"]>[1]["claim"]>;

/** A host with a lock that behaves as the scripts do; commands do nothing, `mysql` stands for SQL. */
export class LockableHost {
  /** What every use of it fails with; null: it answers. */
  away: ErrorCode | null = null;
  /** Commands that were let through under a lock, jobs included. */
  done: string[] = [];
  removed: string[] = [];
  /** How often its lock was asked for back, and what each such request waits for. */
  releases = 0;
  releaseWaits: Promise<void> = Promise.resolve();
  holder: string | null = null;
  /** The highest generation that was here of the run that holds it, and its process. */
  mark: { generation: number; process: string } | null = null;
  /** Runs under the first command, before it is let through. */
  meanwhile: () => Promise<void> = async () => undefined;
  readonly name: string;
  readonly #target: HostTarget;

  constructor(name: string) {
    this.name = name;
    this.#target = {
      ...{ id: name, name, host: "10.0.0.2", port: 22, username: "root", sudoPassword: null },
      auth: { method: "password", password: new Secret("x-pass-1") },
      ...{ hostKeyFingerprint: "", bastion: null },
    };
  }

  get remote(): RemoteHost {
    const never = () => Promise.reject(new Error("not expected here"));
    const noBytes = () => {
      throw new Error("not expected here");
    };
    return {
      target: this.#target,
      exec: async (command, { claim }) => {
        await this.#pass(command.argv.join(" "), claim);
        return { code: 0, signal: null, stdout: "", stderr: "", durationMs: 1 };
      },
      runJob: async (job) => {
        await this.#pass(job.step, job.claim);
        return { exitCode: 0, stdout: "", stderr: "", startedAt: 0, endedAt: 1 };
      },
      jobState: async () => ({ state: "absent" }),
      ...{ cancelJob: never, dial: async () => ({ destroy: () => undefined }) as never },
      ...{ clock: never, read: noBytes, write: never },
      removeJobs: async (run) => {
        this.#reach();
        this.removed.push(run);
      },
      lock: {
        take: async (claim, holder) => {
          this.#reach();
          if (this.holder === null && holder) {
            this.holder = lockText(holder);
            this.mark = null;
          }
          return this.#guard(claim);
        },
        look: async () => {
          this.#reach();
          return this.holder === null ? null : readLockText(this.holder);
        },
        release: async ({ installation, run, generation }) => {
          this.releases += 1;
          await this.releaseWaits;
          this.#reach();
          if (!this.holder?.startsWith(`${installation} ${run} `)) return this.#answer();
          if ((this.mark?.generation ?? 0) > generation) return this.#answer();
          this.holder = null;
          return this.#answer();
        },
        break: async () => {
          this.#reach();
          this.holder = null;
          return this.#answer();
        },
      },
    };
  }

  #reach(): void {
    if (this.away === null) return;
    throw new UpliftError(this.away, `${this.name} cannot be reached: no answer.`, {
      ...{ host: this.name, remedy: "Check that it is up.", retryable: true },
    });
  }

  async #pass(what: string, claim: Claim | undefined): Promise<void> {
    this.#reach();
    const { meanwhile } = this;
    if (claim) {
      this.meanwhile = async () => undefined;
      await meanwhile();
      const answer = this.#guard(claim);
      if (answer.state !== "held") throw lockRefused(this.#target, `${what} ran`, answer);
      this.done.push(what);
    }
  }

  #answer(): LockAnswer {
    return this.holder === null
      ? { state: "free", broken: null }
      : { state: "taken", lock: readLockText(this.holder) };
  }

  #guard({ installation, run, generation, process }: Claim): LockAnswer {
    if (!this.holder?.startsWith(`${installation} ${run} `)) return this.#answer();
    const mark = this.mark ?? { generation, process };
    const { generation: known } = mark;
    if (known > generation || (known === generation && mark.process !== process)) {
      return { state: "overtaken", generation: known };
    }
    this.mark = { generation, process };
    return { state: "held" };
  }
}
