import type { Secret } from "#lib/domain/secret.ts";
import type { JobSpec } from "./types.ts";

/** What a job's runner reads from standard input, and how many lines each part has. */
export interface JobInput {
  text: string;
  scriptLines: number;
  secretLines: number;
}

/**
 * The script's lines, the secrets' lines, and the word `end`, without which the runner does not
 * start: a half-sent input is never run.
 * @throws RangeError for a secret of more than one line or anything with a NUL; the message never
 * holds the value
 */
export function jobInput({ script, secrets }: Pick<JobSpec, "script" | "secrets">): JobInput {
  if (script.includes("\0")) throw new RangeError("a job's script cannot hold a NUL byte");
  const lines = script.replace(/\n$/, "").split("\n");
  const values = secrets.map(secretLine);
  return {
    text: `${[...lines, ...values, "end"].join("\n")}\n`,
    scriptLines: lines.length,
    secretLines: values.length,
  };
}

function secretLine(secret: Secret, index: number): string {
  const value = secret.reveal();
  if (/[\n\0]/.test(value)) {
    throw new RangeError(`secret ${index + 1} of a job holds a line break or a NUL byte`);
  }
  return value;
}
