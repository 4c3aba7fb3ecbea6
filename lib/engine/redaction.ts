import type { RunEventBody } from "#lib/domain/events.ts";
import type { Param, Text } from "#lib/domain/message.ts";

/** Masks registered secrets in text. */
export type Redact = (text: string) => string;

/** A text with every registered secret masked in what it tells. */
export function redactText(redact: Redact, text: Text): Text {
  if (typeof text === "string") return redact(text);
  const param = (one: Param): Param => {
    if (typeof one === "number") return one;
    if (isList(one))
      return one.map((each) => (typeof each === "number" ? each : redactText(redact, each)));
    return redactText(redact, one);
  };
  const params = Object.entries(text.params ?? {}).map(([name, value]) => [name, param(value)]);
  return { ...text, ...(text.params && { params: Object.fromEntries(params) }) };
}

const isList = (param: Text | readonly (Text | number)[]): param is readonly (Text | number)[] =>
  Array.isArray(param);

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
      return { ...body, text: redactText(redact, body.text) };
    case "host.lost":
    case "step.failed":
    case "step.uncertain":
      return {
        ...body,
        error: {
          ...body.error,
          message: redactText(redact, body.error.message),
          remedy: redactText(redact, body.error.remedy),
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
