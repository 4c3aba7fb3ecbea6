import { inEnglish, type Text } from "./message.ts";

/** Next's bundles and server.ts load this file each for themselves; `instanceof` must hold across. */
const brand = Symbol.for("uplift.error");

const ordinaryHasInstance = Function.prototype[Symbol.hasInstance];

/**
 * Every error that a person may see. `code` is stable (tests and API clients rely on it), `text` says what
 * happened and where, `remedy` what to do next; `message` is the text in English, for logs.
 */
export class UpliftError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly text: Text;
  readonly remedy: Text;
  /** Whether the same attempt may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  /** The host that the error speaks of, by the name the user gave it. */
  readonly host: string | undefined;
  /** Keys of what a person can confirm in writing, after which the step goes on. */
  readonly confirm: readonly string[];

  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a subclass inherits this and asks for itself
    if (this !== UpliftError) return ordinaryHasInstance.call(this, value);
    return typeof value === "object" && value !== null && brand in value;
  }

  constructor(code: ErrorCode, text: Text, options: UpliftErrorOptions) {
    super(inEnglish(text), options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "UpliftError";
    this.code = code;
    this.text = text;
    this.remedy = options.remedy;
    this.retryable = options.retryable ?? false;
    this.host = options.host;
    this.confirm = options.confirm ?? [];
  }
}

export interface UpliftErrorOptions {
  remedy: Text;
  retryable?: boolean;
  host?: string;
  confirm?: readonly string[];
  cause?: unknown;
}

/** The codes by subject. Adding one is free; renaming one breaks API clients. */
export const errorCodes = [
  // Reaching a host
  "ssh.unreachable",
  "ssh.auth_failed",
  "ssh.host_key_unknown",
  "ssh.host_key_changed",
  "ssh.connection_lost",
  "ssh.session_refused",
  "ssh.forwarding_refused",
  "ssh.forwarding_failed",
  "ssh.target_unreachable",
  "bastion.unreachable",
  "bastion.auth_failed",
  "bastion.host_key_changed",
  "bastion.forwarding_refused",
  "sudo.refused",
  "command.timeout",
  "command.failed",
  "command.output_unreadable",
  "job.lost",
  "job.failed",
  "job.never_started",
  // Docker and OMS on a host
  "docker.missing",
  "docker.unresponsive",
  "container.missing",
  "container.not_running",
  "container.changed",
  "container.name_taken",
  "container.not_oms",
  "container.exited",
  "image.missing",
  "image.differs",
  "config.unreadable",
  "config.invalid",
  "config.changed",
  "http.no_answer",
  "health.never_healthy",
  "health.turned",
  "init.failed",
  "init.under_way",
  "services.not_running",
  // MetaDB
  "metadb.unreachable",
  "metadb.unknown_server",
  "metadb.auth_failed",
  "metadb.tls_required",
  "metadb.tls_not_offered",
  "metadb.tls_failed",
  "metadb.tls_untrusted",
  "metadb.tls_wrong_name",
  "metadb.password_withheld",
  "metadb.rights_missing",
  "metadb.database_missing",
  "metadb.query_failed",
  "metadb.in_use",
  "metadb.users_unknown",
  "ha.missing",
  "ha.invalid",
  "ha.changed_elsewhere",
  "ha.not_as_written",
  // Backups
  "dump.tool_missing",
  "dump.failed",
  "dump.empty",
  "dump.cut_short",
  "dump.changed",
  "dump.wrong_database",
  "dump.elsewhere",
  "dump.object_unsupported",
  "dump.unproven",
  "dump.disk_full",
  "trial.directory",
  "trial.log_in",
  "trial.dump",
  "trial.restore",
  "trial.objects",
  "trial.differs",
  "trial.scratch",
  "trial.timeouts",
  "trial.failed",
  "backup.needed",
  "backup.deleted",
  "backup.no_room",
  "restore.failed",
  "restore.differs",
  "rehearsal.failed",
  "rehearsal.differs",
  "rehearsal.refused",
  // Locks on hosts
  "lock.held",
  "lock.lost",
  // Nodes that were left out
  "node.still_active",
  "node.activity_unknown",
  // Planning and running
  "plan.blocked",
  "plan.hash_differs",
  "plan.outdated",
  "plan.used",
  "run.active_exists",
  "run.command_not_allowed",
  "run.generation_lost",
  "step.probe_unknown",
  "step.cancelled",
  // Requests
  "request.invalid",
  "not_found",
  "conflict",
  "unauthenticated",
  "forbidden",
  "rate_limited",
  "internal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

const noAnswer: ReadonlySet<string> = new Set<ErrorCode>([
  "ssh.unreachable",
  "ssh.connection_lost",
  "bastion.unreachable",
]);

/** Whether a host gives no answer, whatever it would say if it did; one that refuses us is there. */
export function isNoAnswer({ code }: { code: string }): boolean {
  return noAnswer.has(code);
}

/** The plain form that is journalled and sent to browsers. */
export interface ErrorInfo {
  code: ErrorCode;
  message: Text;
  remedy: Text;
  retryable: boolean;
  host?: string | undefined;
  /** Left out when there is nothing that a person can confirm. */
  confirm?: string[] | undefined;
}

/** The plain form of anything thrown; an unexpected error keeps its message but gets the code `internal`. */
export function errorInfo(error: unknown): ErrorInfo {
  if (error instanceof UpliftError) {
    const { code, text: message, remedy, retryable, host, confirm } = error;
    return {
      ...{ code, message, remedy, retryable },
      ...(host === undefined ? {} : { host }),
      ...(confirm.length === 0 ? {} : { confirm: [...confirm] }),
    };
  }
  return {
    code: "internal",
    message: error instanceof Error ? error.message : String(error),
    remedy: "This is a fault in Uplift. Nothing was assumed; retry the step or roll back.",
    retryable: false,
  };
}

/** What anything thrown says. */
export function textOf(error: unknown): Text {
  return errorInfo(error).message;
}
