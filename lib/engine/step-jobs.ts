import type { LockClaim } from "#lib/commands/lock-scripts/guard.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import { Secret } from "#lib/domain/secret.ts";
import type { Step } from "#lib/domain/step.ts";
import type { JobKey, JobResult, JobState, RemoteHost } from "#lib/remote/types.ts";
import type { StepJob } from "#lib/steps/context.ts";
import { crashPoint } from "./crash-points.ts";
import type { StepLog } from "./step-log.ts";
import type { RunRuntime } from "./step-runtime.ts";

/** More of a job's standard output than this is not given to a step's progress reader, characters. */
const progressWindow = 256 * 1024;

/** The remote jobs of one step: one at a time, whatever attempt started it. */
export class StepJobs {
  readonly #runtime: RunRuntime;
  readonly #step: Step;
  readonly #attempt: number;
  readonly #signal: AbortSignal;
  readonly #log: StepLog;

  constructor(runtime: RunRuntime, step: Step, attempt: number, signal: AbortSignal, log: StepLog) {
    this.#runtime = runtime;
    this.#step = step;
    this.#attempt = attempt;
    this.#signal = signal;
    this.#log = log;
  }

  /**
   * What has become of the job of this attempt, or of the earlier one that it would attach to.
   * After the answer `absent` no job of this attempt can start any more.
   */
  async state(host: RemoteHost): Promise<JobState> {
    const own = await host.jobState(this.#key(this.#attempt));
    if (own.state !== "absent") return own;
    const earlier = await this.#earlier(host);
    return earlier?.state ?? own;
  }

  /** Ends the job of this attempt, or the earlier one that it attached to; none of this attempt starts late. */
  async cancel(host: RemoteHost, claim: LockClaim | undefined): Promise<void> {
    await host.cancelJob(this.#key(this.#attempt), claim);
    const earlier = await this.#earlier(host);
    if (earlier?.state.state === "running") await host.cancelJob(earlier.key, claim);
  }

  /** @param claim what must hold on the host for the job to be started */
  async run(host: RemoteHost, job: StepJob, claim: LockClaim | undefined): Promise<JobResult> {
    const earlier = await this.#earlier(host);
    const key = earlier?.key ?? this.#key(this.#attempt);
    if (earlier) this.#log.note(job.nodeId, `Attached to the job of attempt ${key.attempt}.`);
    for (const secret of job.secrets) this.#runtime.redactor.register(secret);
    const stored = await this.#stored(job.nodeId);
    const sink = this.#log.job(job.nodeId, stored);
    const decoder = new TextDecoder();
    let stdout = "";
    const result = await host.runJob(
      {
        ...{ ...key, script: job.script, parameters: job.parameters, claim },
        secrets: [...job.secrets, ...(job.input === undefined ? [] : [new Secret(job.input)])],
      },
      {
        timeoutMs: this.#step.timeoutMs,
        signal: this.#signal,
        onStarted: () => crashPoint("job-started", this.#step.id),
        onOutput: (output) => {
          sink.push(output);
          crashPoint("job-output", this.#step.id);
          if (output.stream !== "stdout" || !job.onStdout) return;
          stdout = (stdout + decoder.decode(output.bytes, { stream: true })).slice(-progressWindow);
          job.onStdout(stdout);
        },
        onConnection: (state) =>
          this.#log.note(
            job.nodeId,
            state === "lost"
              ? `Connection to ${host.target.name} lost; the job goes on there. Reconnecting.`
              : `Connected to ${host.target.name} again.`,
          ),
      },
    );
    sink.end();
    crashPoint("job-ended", this.#step.id);
    return result;
  }

  /**
   * A job of an earlier attempt that must be taken up instead of starting another: one that still
   * runs, or one whose end was never learned.
   */
  async #earlier(host: RemoteHost): Promise<{ key: JobKey; state: JobState } | null> {
    const lastTrouble = this.#runtime.journal.state.steps[this.#step.id]?.lastTrouble;
    for (let attempt = this.#attempt - 1; attempt >= 1; attempt--) {
      const key = this.#key(attempt);
      const state = await host.jobState(key);
      if (state.state === "running") return { key, state };
      if (state.state === "exited") return lastTrouble === "uncertain" ? { key, state } : null;
    }
    return null;
  }

  #key(attempt: number): JobKey {
    return { run: this.#runtime.claim.runId, step: this.#step.id, attempt };
  }

  async #stored(nodeId: NodeId) {
    const { ports, claim } = this.#runtime;
    const end = (stream: "stdout" | "stderr") =>
      ports.log.sourceEnd(claim.runId, this.#step.id, this.#attempt, nodeId, stream);
    return { stdout: await end("stdout"), stderr: await end("stderr") };
  }
}
