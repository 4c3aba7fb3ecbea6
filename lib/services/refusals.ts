import { UpliftError } from "#lib/domain/errors.ts";
import type { Text } from "#lib/domain/message.ts";

export function notFound(what: string, id: string): UpliftError {
  return new UpliftError("not_found", `There is no ${what} ${id}.`, {
    remedy: "It may have been deleted: reload the page.",
  });
}

export function conflict(message: Text, remedy: Text): UpliftError {
  return new UpliftError("conflict", message, { remedy });
}
