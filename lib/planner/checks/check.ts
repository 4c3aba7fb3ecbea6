import type { CheckId } from "#lib/domain/check-topics.ts";
import type { Check } from "#lib/domain/facts.ts";
import type { Text } from "#lib/domain/message.ts";

/** One line of the checks page; a check that passed needs no remedy. */
export function check(
  id: CheckId,
  scope: string,
  title: Text,
  result: Check["result"],
  evidence: Text,
  remedy: Text | null = null,
): Check {
  return { id, scope, title, result, evidence, remedy: result === "pass" ? null : remedy };
}

/** Bytes for a person. */
export function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
