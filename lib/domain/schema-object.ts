import { z } from "zod";

/** A trigger, routine or event, as its server describes it. */
export const SchemaObject = z.object({
  kind: z.enum(["FUNCTION", "PROCEDURE", "TRIGGER", "EVENT"]),
  name: z.string(),
  /** `user@host`, without quotes. */
  definer: z.string(),
  sqlMode: z.string(),
  /** Of the connection that made it: literals in its body are texts of this collation. */
  collation: z.string(),
  databaseCollation: z.string(),
  /** Of events only. */
  timeZone: z.string().nullable(),
  /** What creates it. */
  statement: z.string(),
});
export type SchemaObject = z.infer<typeof SchemaObject>;

const quoted = "(?:`(?:[^`]|``)+`|\"(?:[^\"]|\"\")+\"|'(?:[^']|'')*')";
const name = `(?:${quoted}|[\\p{L}\\p{N}_$]+)`;
const account = `(?:${name}(?:\\s*@\\s*(?:${quoted}|[\\p{L}\\p{N}_$.%:/-]+))?(?:\\s*\\(\\s*\\))?)`;
const qualified = `(?:${name}\\s*\\.\\s*)?(${name})`;

/** The head of CREATE TRIGGER up to FOR EACH ROW; what is kept stands in groups. */
const triggerHead = new RegExp(
  `^(CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:DEFINER\\s*=\\s*${account}\\s+)?TRIGGER\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?)${qualified}(\\s+(?:BEFORE|AFTER)\\s+(?:INSERT|UPDATE|DELETE)\\s+ON\\s+)${qualified}(\\s+FOR\\s+EACH\\s+ROW\\b)`,
  "isu",
);

/** The same of the others, whose names servers write by themselves. */
const otherHead = new RegExp(
  `^(CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:DEFINER\\s*=\\s*${account}\\s+)?(?:AGGREGATE\\s+)?(?:FUNCTION|PROCEDURE|EVENT)\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?)${qualified}(?=[\\s(])`,
  "isu",
);

/**
 * The statement without the name of a database in its head, so that it creates the object in whatever
 * database it is run in. Some servers keep the text that somebody has typed; without this it would make the
 * object in the source, wherever the dump is loaded. Null when the head cannot be read.
 */
export function unqualified({ kind, statement }: Pick<SchemaObject, "kind" | "statement">) {
  if (kind === "TRIGGER") {
    if (!triggerHead.test(statement)) return null;
    return statement.replace(triggerHead, "$1$2$3$4$5");
  }
  return otherHead.test(statement) ? statement.replace(otherHead, "$1$2") : null;
}

/** The same event as one that never runs, for a database that is only made for practice. */
export function disabledEvent(statement: string): string {
  return statement.replace(
    /^(.*?\bON COMPLETION (?:NOT )?PRESERVE )(?:ENABLE|DISABLE)(?: ON (?:SLAVE|REPLICA))?\b/s,
    "$1DISABLE",
  );
}
