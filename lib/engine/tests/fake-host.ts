import { type ErrorCode, UpliftError } from "#lib/domain/errors.ts";
import { Secret } from "#lib/domain/secret.ts";
import type {
  ExecResult,
  HostTarget,
  JobOptions,
  JobResult,
  JobState,
  RemoteHost,
} from "#lib/remote/types.ts";

const never = () => Promise.reject(new Error("not expected here"));
const noBytes = () => {
  throw new Error("not expected here");
};

/** A host with one container that can be stopped; it can go away and come back. */
export class FakeHost {
  /** What every use of it fails with; null: it answers. */
  away: ErrorCode | null = null;
  /** How often the container was told to stop. */
  stops = 0;
  /** Ends the job that is under way. */
  endJob: (exitCode?: number) => void = () => undefined;
  /** How often a job was to be ended, and what that waits for. */
  cancels = 0;
  cancelWaits: Promise<void> = Promise.resolve();
  /** Cuts the connection that follows the job; the host answers all the while. */
  dropConnection: () => void = () => undefined;
  readonly #target: HostTarget;
  #running = true;
  #job: JobState = { state: "absent" };

  constructor(name: string) {
    this.#target = {
      ...{ id: name, name, host: "10.0.0.2", port: 22, username: "root", sudoPassword: null },
      auth: { method: "password", password: new Secret("x-pass-1") },
      ...{ hostKeyFingerprint: "", bastion: null },
    };
  }

  get remote(): RemoteHost {
    return {
      target: this.#target,
      exec: async (command) => {
        this.#reach();
        return printed(command.argv[1] === "inspect" ? this.#inspect() : "");
      },
      runJob: (_job, options) => this.#runJob(options),
      jobState: async () => {
        this.#reach();
        return this.#job;
      },
      clock: async () => {
        this.#reach();
        const now = Date.now();
        return { hostTime: now, localTime: now, skewMs: 0, roundTripMs: 1 };
      },
      cancelJob: async () => {
        this.cancels += 1;
        await this.cancelWaits;
        this.#reach();
        if (this.#job.state === "running") this.endJob(143);
      },
      ...{ removeJobs: never, dial: never, read: noBytes, write: never },
      lock: {
        ...{ look: never, release: never, break: never },
        take: async () => {
          this.#reach();
          return { state: "held" };
        },
      },
    };
  }

  #reach(): void {
    if (this.away === null) return;
    const { name } = this.#target;
    throw new UpliftError(this.away, `${name} (10.0.0.2:22) cannot be reached: no answer.`, {
      ...{ host: name, remedy: "Check that it is up.", retryable: true },
    });
  }

  #inspect(): string {
    const container = {
      ...{ Id: "c1", Name: "/oms_330", Image: "sha256:1", Mounts: [] },
      State: { Running: this.#running, StartedAt: "2026-01-01T00:00:00Z" },
      Config: { Image: "oms:330", Env: [], Labels: {} },
      HostConfig: { NetworkMode: "host", Privileged: true },
    };
    return JSON.stringify([container]);
  }

  /**
   * `docker stop`, until `endJob`; the connection goes and comes as `away` says. One that has ended is
   * only attached to.
   */
  async #runJob(options: JobOptions): Promise<JobResult> {
    this.#reach();
    if (this.#job.state === "exited" && this.#job.exitCode === 0) return reported(this.#job);
    this.stops += 1;
    const startedAt = Date.now();
    this.#job = { state: "running", startedAt };
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.endJob = (exitCode = 0) => {
      this.#job = { state: "exited", exitCode, startedAt, endedAt: Date.now() };
      if (exitCode === 0) this.#running = false;
      resolve(exitCode);
    };
    options.signal?.addEventListener("abort", () => reject(options.signal?.reason));
    options.onStarted?.();
    this.dropConnection = () => {
      options.onConnection?.("lost");
      setTimeout(() => options.onConnection?.("back"), 20);
    };
    let lost = false;
    const following = setInterval(() => {
      if (lost === (this.away !== null)) return;
      lost = !lost;
      options.onConnection?.(lost ? "lost" : "back");
    }, 5);
    const exitCode = await promise.finally(() => clearInterval(following));
    return reported({ exitCode, startedAt, endedAt: Date.now() });
  }
}

function printed(stdout: string): ExecResult {
  return { code: 0, signal: null, stdout, stderr: "", durationMs: 1 };
}

function reported({
  exitCode,
  startedAt,
  endedAt,
}: Omit<JobResult, "stdout" | "stderr">): JobResult {
  return { exitCode, startedAt, endedAt, stdout: `uplift-time ${startedAt}\n`, stderr: "" };
}
