import { type ErrorCode, type ErrorInfo, errorInfo, UpliftError } from "#lib/domain/errors.ts";
import type { Render } from "#lib/domain/message.ts";
import { RequestInvalid } from "#lib/services/request-invalid.ts";

/** An error of the API, as RFC 9457 has it, with Uplift's stable code and what to do. */
export interface Problem extends Omit<ErrorInfo, "message" | "remedy"> {
  type: string;
  title: string;
  status: number;
  detail: string;
  remedy: string;
  fields?: { path: string; message: string }[];
}

/** HTTP status by code; everything about hosts and databases is a failed dependency or a conflict. */
const statusOf: Partial<Record<ErrorCode, number>> = {
  "request.invalid": 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  "run.active_exists": 409,
  "run.command_not_allowed": 409,
  "plan.hash_differs": 409,
  "plan.outdated": 409,
  "plan.used": 409,
  "plan.blocked": 409,
  "backup.needed": 409,
  "backup.deleted": 409,
  "ssh.host_key_changed": 409,
  "bastion.host_key_changed": 409,
  rate_limited: 429,
  internal: 500,
};

/** Hosts and servers that could not be dealt with; nothing is wrong with the request itself. */
const otherStatus = 422;

/** What a client is told, in its language; the text of an unexpected error stays in the server's log. */
export function problemOf(error: unknown, render: Render): Problem {
  const { message, remedy, code, ...info } = errorInfo(error);
  const known = error instanceof UpliftError;
  return {
    type: `https://uplift.invalid/problems/${code}`,
    title: code,
    status: statusOf[code] ?? otherStatus,
    detail: render(known ? message : "Something went wrong inside Uplift; its log says more."),
    remedy: render(remedy),
    code,
    ...info,
    ...(error instanceof RequestInvalid
      ? { fields: error.fields.map((one) => ({ path: one.path, message: render(one.message) })) }
      : {}),
  };
}
