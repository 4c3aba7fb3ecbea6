import type { RunEventBody } from "#lib/domain/events.ts";

/** Masks registered secrets in text. */
export type Redact = (text: string) => string;

/**
 * An event with every registered secret masked in the texts that come from hosts, servers or people.
 * Ids, paths and names stay as they are: a site whose password is an everyday word must still be
 * able to restore from `/home/admin/...`.
 */
export function redactBody(redact: Redact, body: RunEventBody): RunEventBody {
  switch (body.type) {
    case "step.command":
      return { ...body, command: redact(body.command), output: redact(body.output) };
    case "step.progress":
      return { ...body, text: redact(body.text) };
    case "host.lost":
    case "step.failed":
    case "step.uncertain":
      return {
        ...body,
        error: {
          ...body.error,
          message: redact(body.error.message),
          remedy: redact(body.error.remedy),
        },
      };
    case "command.accepted":
      return { ...body, reason: body.reason === null ? null : redact(body.reason) };
    case "gate.approved":
      return { ...body, note: body.note === null ? null : redact(body.note) };
    case "step.cancel-requested":
    case "step.skipped":
    case "step.marked-done":
    case "step.confirmed":
    case "node.left-out":
    case "run.abandoned":
      return { ...body, reason: redact(body.reason) };
    default:
      return body;
  }
}
