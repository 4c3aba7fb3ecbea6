import { createHash } from "node:crypto";
import type { JobPlace } from "#lib/commands/job-scripts/follow.ts";
import type { JobKey } from "./types.ts";

/** A path component may have 255 bytes; the attempt needs some of them. */
const longestName = 200;

/**
 * A safe path component for any text, different for different texts: letters, digits, `_` and `-`
 * stand for themselves, every other byte becomes `%XX`. So neither `/`, `.` nor `..` can appear, and
 * a name cannot look like an option of `rm` either, since a leading `-` is written as `%2D`.
 * A text that is too long becomes `%%` and its SHA-256, which no other text can become.
 * @throws RangeError for text that is not well-formed Unicode
 */
export function pathComponent(text: string): string {
  if (!text.isWellFormed()) throw new RangeError("a job's name must be well-formed Unicode");
  if (text === "") return "%";
  const encoded = [...Buffer.from(text, "utf8")]
    .map((byte, index) => {
      const character = String.fromCharCode(byte);
      const plain = index === 0 ? /[A-Za-z0-9_]/ : /[A-Za-z0-9_-]/;
      return plain.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
  if (encoded.length <= longestName) return encoded;
  return `%%${createHash("sha256").update(text).digest("hex")}`;
}

/** Where a job lives: `<jobs>/<run>/<step>.<attempt>`. */
export function placeOf(jobsDirectory: string, { run, step, attempt }: JobKey): JobPlace {
  if (!Number.isSafeInteger(attempt) || attempt < 0) {
    throw new RangeError(`an attempt is a whole number, not ${attempt}`);
  }
  return { jobsDirectory, run: pathComponent(run), job: `${pathComponent(step)}.${attempt}` };
}
