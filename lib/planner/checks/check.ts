import type { CheckId } from "#lib/domain/check-topics.ts";
import type { Check } from "#lib/domain/facts.ts";

/** One line of the checks page; a check that passed needs no remedy. */
export function check(
  id: CheckId,
  scope: string,
  title: string,
  result: Check["result"],
  evidence: string,
  remedy: string | null = null,
): Check {
  return { id, scope, title, result, evidence, remedy: result === "pass" ? null : remedy };
}

/** Bytes for a person. */
export function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
