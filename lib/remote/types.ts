import type { Duplex } from "node:stream";
import type { Command } from "#lib/commands/command.ts";
import type { LockClaim } from "#lib/commands/lock-scripts/guard.ts";
import type { BrokenLock, LockHolder, SeenLock } from "#lib/domain/lock.ts";
import type { Secret } from "#lib/domain/secret.ts";

/** An SSH server and the account to enter it with. */
export interface SshAccount {
  /** Stable key of the connection pool. */
  id: string;
  /** What error messages call the server. */
  name: string;
  host: string;
  port: number;
  username: string;
  auth:
    | { method: "password"; password: Secret }
    | { method: "key"; privateKey: Secret; passphrase: Secret | null };
  /** `SHA256:...` fingerprint that the server must present. */
  hostKeyFingerprint: string;
}

/** Everything needed to reach one host over SSH. */
export interface HostTarget extends SshAccount {
  /** Tried with `sudo -S` when the user is not root and `sudo -n` is refused. */
  sudoPassword: Secret | null;
  /** The SSH server through which the host is reached; null: directly. */
  bastion: SshAccount | null;
}

export interface ExecResult {
  /** Exit code; null when the command was ended by a signal. */
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
  /** Wall time in milliseconds. */
  durationMs: number;
}

export interface ExecOptions {
  /** Deadline in milliseconds; every command has one. */
  timeoutMs: number;
  /** Written to standard input, which is then closed. */
  stdin?: string | Secret;
  signal?: AbortSignal;
  /** Whether to run as root (directly, or through sudo). Default true. */
  root?: boolean;
  /** Runs the command only while the host's lock is the claim's; without it whoever holds the lock. */
  claim?: LockClaim | undefined;
  /** Called with each piece of output as it arrives. */
  onOutput?: (stream: "stdout" | "stderr", text: string) => void;
}

export type OutputStream = "stdout" | "stderr";

/** A piece of a job's output; `offset` is the byte position of its first byte in the host's file. */
export interface JobOutput {
  stream: OutputStream;
  offset: number;
  bytes: Buffer;
}

/** For bytes that are passed on and never held. */
export interface StreamOptions {
  /** What the bytes are, in errors: "the dump of oms_rm". */
  what: string;
  /** Longest time in which nothing moves, milliseconds. */
  silenceMs: number;
  signal?: AbortSignal;
}

export interface StreamEnd {
  /** Exit code; null when the command was ended by a signal. */
  code: number | null;
  /** Cut at 4,000 characters from its end. */
  stderr: string;
}

/** A command that outlives its SSH connection (docs/design, "Remote jobs"). */
export interface JobSpec {
  /** Directory name parts: run, step and attempt. Starting the same job again attaches to the first. */
  run: string;
  step: string;
  attempt: number;
  /** A constant POSIX shell script; values come as `parameters` (`$1`...), never inside the text. */
  script: string;
  parameters: readonly string[];
  /**
   * Lines for the script's standard input, in order; the only way a secret reaches a job.
   * A value with a newline or NUL is refused.
   */
  secrets: readonly Secret[];
  /** Starts it only while the host's lock is the claim's; to attach to one that was started is free. */
  claim?: LockClaim | undefined;
}

export interface JobKey {
  run: string;
  step: string;
  attempt: number;
}

export type JobState =
  /** No such job, and none can start any more under this key. */
  | { state: "absent" }
  | { state: "running"; startedAt: number }
  | { state: "exited"; exitCode: number; startedAt: number; endedAt: number }
  /** It was started, is not running, and left no exit code: the host rebooted or it was killed. */
  | { state: "lost"; reason: string };

export interface JobResult {
  exitCode: number;
  /** Whole standard output, cut at 256 KiB from the end. */
  stdout: string;
  stderr: string;
  /** Host clock, milliseconds since the epoch. */
  startedAt: number;
  endedAt: number;
}

export interface JobOptions {
  /** The deadline of the wait, in milliseconds; the job itself is never killed by it. */
  timeoutMs: number;
  signal?: AbortSignal;
  /** The host says that the job runs; after every attach again. */
  onStarted?: () => void;
  /** All output from offset 0, in order per stream, without gaps or repeats, across reconnects. */
  onOutput?: (output: JobOutput) => void;
  /** The connection was lost or is back; the job goes on meanwhile. */
  onConnection?: (state: "lost" | "back") => void;
}

/** What a host says to a claim on its lock. */
export type LockAnswer =
  | { state: "held" }
  /** Nobody holds it; `broken` when somebody took it away from the run that asks. */
  | { state: "free"; broken: BrokenLock | null }
  | { state: "taken"; lock: SeenLock }
  /** It is the run's, but a later generation of it, or another process with this one, was here. */
  | { state: "overtaken"; generation: number };

/** The lock of one host (lib/commands/lock-scripts). Each may be asked again after a lost connection. */
export interface RemoteLock {
  /**
   * Takes it, or finds it held by this run already; earlier generations are refused from then on.
   * @param holder what the lock will say; null: one that is gone is not taken again
   * @throws UpliftError ssh.*, sudo.refused, command.timeout, command.failed
   */
  take(claim: LockClaim, holder: LockHolder | null, options: LockOptions): Promise<LockAnswer>;
  /** Who holds it; null: nobody. Changes nothing. */
  look(options: LockOptions): Promise<SeenLock | null>;
  /** Gives it up for a run that has ended. Anything but `free` says whose it is instead. */
  release(claim: Omit<LockClaim, "process">, options: LockOptions): Promise<LockAnswer>;
  /**
   * Takes away the lock that was seen, whoever holds it.
   * @param note for the run that held it; null: that run has ended
   * @returns `free`; `taken` when another one is there by now
   */
  break(seen: SeenLock, note: BrokenLock | null, options: LockOptions): Promise<LockAnswer>;
}

export interface LockOptions {
  /** Deadline, milliseconds. */
  timeoutMs: number;
  signal?: AbortSignal;
}

export interface ClockReading {
  /** The host's clock, milliseconds since the epoch. */
  hostTime: number;
  /** This process's clock at the middle of the round trip. */
  localTime: number;
  /** hostTime - localTime; positive when the host is ahead. */
  skewMs: number;
  roundTripMs: number;
}

export interface RemoteHost {
  readonly target: HostTarget;
  /**
   * Runs a short command. Never repeated by itself: whether a repeat is safe is the caller's knowledge.
   * A non-zero exit code is a result, not an error.
   * @throws UpliftError ssh.*, bastion.*, sudo.refused, command.timeout; with a claim lock.held,
   * lock.lost, run.generation_lost: then it did not run
   */
  exec(command: Command, options: ExecOptions): Promise<ExecResult>;
  /**
   * The standard output of a command that is run once, as root, as fast as it is taken.
   * @throws UpliftError ssh.*, sudo.refused, command.timeout, command.failed (it did not end with 0),
   * while it is read
   */
  read(command: Command, options: StreamOptions): AsyncIterable<Buffer>;
  /**
   * Runs a command once, as root, with the source as its standard input, as fast as it takes it.
   * @throws UpliftError ssh.*, sudo.refused, command.timeout; and what the source throws
   */
  write(
    command: Command,
    source: AsyncIterable<Buffer>,
    options: StreamOptions,
  ): Promise<StreamEnd>;
  /**
   * Starts the job, or attaches to it when it was started before, and waits for its end.
   * Connection losses are survived by attaching again until the deadline.
   * @throws UpliftError ssh.*, bastion.*, job.lost, command.timeout (the job may go on); with a claim
   * lock.held, lock.lost, run.generation_lost: then it was not started
   */
  runJob(job: JobSpec, options: JobOptions): Promise<JobResult>;
  /** What has become of a job; decides finally that one is absent, so a late start cannot happen. */
  jobState(key: JobKey): Promise<JobState>;
  /**
   * Ends the job's process group; with a claim only while the host's lock is the claim's.
   * @throws UpliftError ssh.*, command.failed (one remains), lock.*, run.generation_lost
   */
  cancelJob(key: JobKey, claim?: LockClaim): Promise<void>;
  /**
   * Removes the job directories of a run, and what it left beside the lock.
   * @throws UpliftError ssh.*; conflict when a job still runs or the run holds the lock
   */
  removeJobs(run: string): Promise<void>;
  readonly lock: RemoteLock;
  /**
   * A TCP connection from the host to `host:port`, as a stream.
   * @throws UpliftError ssh.*, bastion.*; of these ssh.forwarding_refused (sshd forbids it),
   * ssh.target_unreachable (nothing answers there) and ssh.forwarding_failed (neither)
   */
  dial(host: string, port: number): Promise<Duplex>;
  clock(): Promise<ClockReading>;
}

/** A pool of connections, one per target id; hosts behind one bastion share the connection to it. */
export interface Hosts {
  connect(target: HostTarget): RemoteHost;
  /**
   * Signs in to a server and runs nothing there: all that a bastion must allow.
   * @throws UpliftError ssh.unreachable, ssh.host_key_changed, ssh.auth_failed
   */
  signIn(account: SshAccount): Promise<void>;
  /**
   * Shows the key a server presents, before anything is trusted. Sends it no credentials.
   * @param bastion the server to go through; null: directly
   * @throws UpliftError ssh.unreachable, bastion.*
   */
  fetchHostKey(host: string, port: number, bastion: SshAccount | null): Promise<HostKey>;
  close(): Promise<void>;
}

export interface HostKey {
  /** e.g. `ssh-ed25519` */
  type: string;
  /** `SHA256:...` as OpenSSH prints it. */
  fingerprint: string;
  /** Base64 of the public key blob. */
  publicKey: string;
}
