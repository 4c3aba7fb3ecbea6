import { type Command, command, showCommand } from "#lib/commands/command.ts";
import { fingerprintComment } from "#lib/commands/fingerprint.ts";
import type { LockClaim } from "#lib/commands/lock-scripts/guard.ts";
import { showLock } from "#lib/commands/lock-scripts/take.ts";
import type { RunEventBody } from "#lib/domain/events.ts";
import type { NodeId, SecretId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { Secret } from "#lib/domain/secret.ts";
import { serverLogin } from "#lib/domain/server-login.ts";
import type { SqlRoute, StepKind, StepOfKind } from "#lib/domain/step.ts";
import type { Redactor } from "#lib/log/redact.ts";
import type { SqlSession } from "#lib/metadb/types.ts";
import { httpGetOver } from "#lib/remote/http-over.ts";
import type { ExecResult, RemoteHost } from "#lib/remote/types.ts";
import type { StepContext, StepJob } from "#lib/steps/context.ts";
import type { Claim } from "#lib/store/types.ts";
import { crashPoint } from "./crash-points.ts";
import type { HostWatch } from "./host-watch.ts";
import type { JournalWriter } from "./journal-writer.ts";
import type { LogWriter } from "./log-writer.ts";
import type { EnginePorts } from "./ports.ts";
import type { RunLocks } from "./run-locks.ts";
import { StepJobs } from "./step-jobs.ts";
import { StepLog } from "./step-log.ts";

/** What a run's steps share. */
export interface RunRuntime {
  readonly ports: EnginePorts;
  readonly claim: Claim;
  readonly plan: Plan;
  readonly journal: JournalWriter;
  readonly logs: LogWriter;
  readonly redactor: Redactor;
  readonly locks: RunLocks;
  readonly watch: HostWatch;
  /** How long a step waits for a host that gives no answer, milliseconds. */
  readonly patienceMs: number;
}

/** Deadline of a short command unless the step says otherwise, milliseconds. */
const commandTimeoutMs = 60_000;
/** A command that does nothing; to be asked under a lock. */
const nothing = command("true");
/** As much of a command's output as the audit keeps, in characters from its end. */
const auditedOutput = 2_000;

/** The real StepContext: everything a step does goes through here, into the journal and the log. */
export function stepContext<K extends StepKind>(
  runtime: RunRuntime,
  step: StepOfKind<K>,
  attempt: number,
  signal: AbortSignal,
): StepContext<K> {
  const { ports, plan, journal, redactor, locks } = runtime;
  const at = { stepId: step.id, attempt };
  const log = new StepLog(runtime.logs, redactor, ports, step.id, attempt);
  const jobs = new StepJobs(runtime, step, attempt, signal, log);
  const now = () => ports.now();

  /** Journalled in order, not waited for: the step's end is, and it comes behind. */
  const write = (body: RunEventBody) => {
    journal.append(body).catch(() => {
      // The same failure reaches the step through its next awaited append.
    });
  };
  const audit = (
    kind: "shell" | "sql" | "http" | "job",
    nodeId: NodeId,
    command: string,
    exitCode: number | null,
    durationMs: number,
    output: string,
  ) =>
    write({
      type: "step.command",
      ...at,
      nodeId,
      kind,
      command,
      exitCode,
      durationMs: Math.round(durationMs),
      output: output.trim().slice(-auditedOutput),
    });

  const run = async (
    host: RemoteHost,
    command: Command,
    timeoutMs = commandTimeoutMs,
    claim?: LockClaim,
  ): Promise<ExecResult> => host.exec(command, { timeoutMs, signal, claim });

  return {
    step,
    params: step.params as StepContext<K>["params"],
    attempt,
    plan,
    signal,
    state: (): RunState => journal.state,
    now,
    hostName: (nodeId) => hostName(plan, nodeId),

    async exec(nodeId, command, options = {}) {
      const host = await hostOf(nodeId);
      const shown = showCommand(options.shown ?? command);
      log.note(nodeId, `$ ${shown}`);
      const claim = await locks.claimOn(plan, nodeId);
      const result = await run(host, command, options.timeoutMs, claim);
      log.text(nodeId, "stdout", result.stdout);
      log.text(nodeId, "stderr", result.stderr);
      audit("shell", nodeId, shown, result.code, result.durationMs, result.stdout + result.stderr);
      return result;
    },

    async look(nodeId, command, options = {}) {
      const host = await hostOf(nodeId);
      return run(host, command, options.timeoutMs);
    },

    async job(job: StepJob) {
      const shown = showCommand(job.shown);
      log.note(job.nodeId, `$ ${shown}`);
      const claim = await locks.claimOn(plan, job.nodeId);
      const result = await jobs.run(await hostOf(job.nodeId), job, claim);
      audit(
        "job",
        job.nodeId,
        shown,
        result.exitCode,
        result.endedAt - result.startedAt,
        result.stdout.slice(-auditedOutput) + result.stderr.slice(-auditedOutput),
      );
      return result;
    },

    jobState: async (nodeId) => jobs.state(await hostOf(nodeId)),
    cancelJob: async (nodeId) =>
      jobs.cancel(await hostOf(nodeId), await locks.claimOn(plan, nodeId)),

    async endJobsOf(stepId, nodeId) {
      const host = await hostOf(nodeId);
      const claim = await locks.claimOn(plan, nodeId);
      const run = runtime.claim.runId;
      const last = journal.state.steps[stepId]?.attempt ?? 0;
      // Of its own jobs a step ends those of earlier attempts: the present one is still to begin.
      for (let of = stepId === step.id ? attempt - 1 : last; of >= 1; of--) {
        await host.cancelJob({ run, step: stepId, attempt: of }, claim);
      }
    },

    async sql(route: SqlRoute, work) {
      const host = await hostOf(route.via);
      const mayWrite = writesAllowed(host, route.via);
      return withSession(host, route, step.timeoutMs, (session) =>
        work(audited(session, route.via, mayWrite)),
      );
    },

    async watchSql(route, work) {
      return withSession(await hostOf(route.via), route, commandTimeoutMs, work);
    },

    otherDeployments: () => ports.otherDeployments(plan.deploymentId),

    async httpGet(nodeId, url) {
      const host = await hostOf(nodeId);
      return httpGetOver(await host.dial(url.address, url.port), url, 10_000);
    },

    async lock(nodeId) {
      const from = now();
      const options = { timeoutMs: commandTimeoutMs, signal };
      const text = await locks.take(nodeId, plan, journal.state, options);
      for (const shown of showLock(text).map(showCommand)) {
        log.note(nodeId, `$ ${shown}`);
        audit("shell", nodeId, shown, 0, now() - from, "");
      }
    },

    clock: async (nodeId) => (await hostOf(nodeId)).clock(),
    secret,

    async intend(intent) {
      await journal.append({ type: "step.intended", ...at, intent: toJson(intent) });
      crashPoint("after-intended", step.id);
    },
    intent: () => journal.state.steps[step.id]?.intent ?? null,

    async mark(mark, nodeId, hostTimeMs) {
      const host = await hostOf(nodeId);
      const { skewMs } = await host.clock();
      await journal.append({
        type: "time.recorded",
        mark,
        stepId: step.id,
        nodeId,
        hostTime: new Date(hostTimeMs).toISOString(),
        time: new Date(Math.round(hostTimeMs - skewMs)).toISOString(),
        skewMs: Math.round(skewMs),
      });
    },

    async progress(text, current, total) {
      log.note(null, text);
      write({ type: "step.progress", ...at, text, current: current ?? null, total: total ?? null });
    },
    async awaitPerson(ask) {
      await journal.append({ type: "step.awaits-person", ...at, ask });
    },
    async recordBackup(backup) {
      await journal.append({ type: "backup.recorded", stepId: step.id, backup });
    },
    async backupProven(key, manifest) {
      await journal.append({ type: "backup.proven", stepId: step.id, key, manifest });
    },
    async backupRehearsed(key) {
      await journal.append({ type: "backup.rehearsed", stepId: step.id, key });
    },
    note: (text) => log.note(null, text),
    outputOf: (stepId) => journal.state.steps[stepId]?.output ?? null,
  };

  /** The node's host; whatever is secret about the way to it is masked in all that comes back. */
  async function hostOf(nodeId: NodeId): Promise<RemoteHost> {
    const host = await ports.host(nodeId);
    const { sudoPassword, bastion } = host.target;
    redactor.register(
      sudoPassword,
      ...[host.target, ...(bastion ? [bastion] : [])].flatMap(({ auth }) =>
        auth.method === "password" ? [auth.password] : [auth.privateKey, auth.passphrase],
      ),
    );
    return runtime.watch.over(nodeId, host);
  }

  async function withSession<T>(
    host: RemoteHost,
    { server, via }: SqlRoute,
    timeoutMs: number,
    work: (session: SqlSession) => Promise<T>,
  ): Promise<T> {
    const login = await serverLogin(server, secret);
    const stream = await host.dial(server.host, server.port);
    const abort = () => stream.destroy();
    signal.addEventListener("abort", abort, { once: true });
    try {
      const through = { server, ...login, stream, via: hostName(plan, via), timeoutMs };
      const session = await ports.connectSql(through);
      try {
        return await work(session);
      } finally {
        await session.close();
      }
    } finally {
      signal.removeEventListener("abort", abort);
      stream.destroy();
    }
  }

  async function secret(id: SecretId): Promise<Secret> {
    const value = await ports.secret(id);
    redactor.register(value);
    return value;
  }

  /**
   * What a session waits for before it writes: the host that it goes through says that the run holds
   * it (asked while the session is being opened), and the journal that nobody has taken the run over.
   */
  function writesAllowed(host: RemoteHost, via: NodeId): () => Promise<void> {
    const asked = locks
      .claimOn(plan, via)
      .then((claim) => claim && run(host, nothing, commandTimeoutMs, claim));
    asked.catch(() => {
      // It is thrown where somebody wants to write.
    });
    return async () => {
      await asked;
      await ports.journal.confirm(runtime.claim);
    };
  }

  /** A session whose statements stand in the audit; looks at information_schema only in the log. */
  function audited(session: SqlSession, via: NodeId, mayWrite: () => Promise<void>): SqlSession {
    const timed = async <T>(sql: string, work: () => Promise<T>, say: (result: T) => string) => {
      const quiet =
        /information_schema|^SHOW |^SELECT COUNT\(\*\) AS total, 0 AS nth FROM `/.test(sql) ||
        sql.startsWith(fingerprintComment);
      const from = now();
      if (!quiet) log.note(via, `mysql> ${sql}`);
      try {
        const result = await work();
        if (!quiet) audit("sql", via, sql, 0, now() - from, say(result));
        return result;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        audit("sql", via, sql, 1, now() - from, message);
        throw error;
      }
    };
    return {
      server: session.server,
      query: (sql, values) =>
        timed(
          sql,
          () => session.query(sql, values),
          (rows) => (rows.length === 1 ? JSON.stringify(rows[0]) : `${rows.length} rows`),
        ),
      execute: async (sql, values) => {
        await mayWrite();
        return timed(
          sql,
          () => session.execute(sql, values),
          (count) => `${count} rows changed`,
        );
      },
      transaction: (work) => session.transaction(work),
      close: () => session.close(),
    };
  }
}

export function hostName(plan: Plan, nodeId: NodeId): string {
  return plan.hosts.find((host) => host.nodeId === nodeId)?.name ?? nodeId;
}

/** A plain JSON copy: what cannot be stored must not be in the state either. */
export function toJson(value: unknown): Extract<RunEventBody, { type: "step.intended" }>["intent"] {
  return JSON.parse(JSON.stringify(value ?? null));
}
