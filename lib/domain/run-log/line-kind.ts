import type { ShownLine } from "./log-lines.ts";

/** What of a log can be shown alone. */
export const lineKinds = ["errors", "troubles", "stdout", "stderr", "note"] as const;
export type LineKind = (typeof lineKinds)[number];

const errors =
  /\b(error|fatal|failed|failure|exception|panic|traceback|cannot|refused|denied|no space left)\b/i;
const warnings = /\b(warn|warning|deprecated)\b/i;
/** Says that there is none of it. */
const none = /\b(no|0|without) (error|failure|warning)s?\b|\b(error|failure|warning)s?[:=] ?0\b/i;
/** Known to be harmless on OceanBase (docs/domain, section 3.7). */
const harmless = /\bERROR 1235 \(0A000\)/;

/**
 * Whether a line tells of an error or of something to be looked at, as far as its words show. A guess
 * that helps to find a place, never a verdict: that is the exit code's. Pure.
 */
export function levelOf({
  text,
  stream,
}: Pick<ShownLine, "text" | "stream">): "error" | "warning" | null {
  // A command may name a file "errors"; what it answers counts.
  if (stream === "note" && /^(\$|mysql>) /.test(text)) return null;
  if (none.test(text)) return null;
  if (harmless.test(text)) return "warning";
  if (errors.test(text)) return "error";
  return warnings.test(text) ? "warning" : null;
}

/** Whether a line is of a kind. Pure. */
export function isOfKind(line: Pick<ShownLine, "text" | "stream">, kind: LineKind): boolean {
  switch (kind) {
    case "errors":
      return levelOf(line) === "error";
    case "troubles":
      return levelOf(line) !== null;
    default:
      return line.stream === kind;
  }
}
