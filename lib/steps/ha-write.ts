import { sql } from "#lib/commands/sql.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { StepKind } from "#lib/domain/step.ts";
import type { SqlRow, SqlSession } from "#lib/metadb/types.ts";
import type { Probe, StepContext, StepOutput } from "./context.ts";

/** What a step meant to write; committed to the journal before it wrote. */
export interface HaIntent {
  before: string;
  after: string;
  output: StepOutput;
  /** For a recorded moment: the host's clock when the write was about to happen. */
  hostTimeMs: number | null;
}

export function isHaIntent(value: unknown): value is HaIntent {
  const intent = value as Partial<HaIntent> | null;
  return typeof intent?.before === "string" && typeof intent.after === "string";
}

/** The raw `ha.config`, locked when the session is in a transaction. @throws UpliftError ha.missing */
export async function readHa(session: SqlSession, database: string): Promise<string> {
  return haValueIn(await session.query(sql.selectHa(database)), database);
}

/** The raw `ha.config` without a lock, for looks. @throws UpliftError ha.missing */
export async function lookAtHa(
  session: Pick<SqlSession, "query">,
  database: string,
): Promise<string> {
  return haValueIn(await session.query(sql.readHa(database)), database);
}

function haValueIn(rows: readonly SqlRow[], database: string): string {
  const value = rows[0]?.cfg_value;
  if (rows.length === 1 && typeof value === "string") return value;
  throw new UpliftError(
    "ha.missing",
    `${database}.oms_normal_config has ${rows.length} rows for ha.config instead of one.`,
    {
      remedy: "Open System Management > System Parameters in the console and save ha.config once.",
    },
  );
}

/**
 * Writes a new value if the present one still is the one that was read: a compare-and-set in one
 * transaction, in which it is read back (docs/domain, section 2, "direct").
 *
 * @throws UpliftError ha.changed_elsewhere, ha.not_as_written
 */
export async function writeHa(
  session: SqlSession,
  database: string,
  before: string,
  after: string,
): Promise<void> {
  await session.transaction(async () => {
    const present = await readHa(session, database);
    if (present !== before) throw changedElsewhere(present, before);
    if (after === before) return;
    await session.execute(sql.updateHa(database), [after]);
    // Before it is committed: a value that did not arrive as it was sent is taken back.
    const readBack = await readHa(session, database);
    if (readBack !== after) throw notAsWritten(readBack, after);
  });
}

/** Compares the present value with what the step meant to do. */
async function probeHa<K extends StepKind>(
  context: StepContext<K>,
  route: Parameters<StepContext<K>["sql"]>[0],
  database: string,
): Promise<Probe & { intent?: HaIntent }> {
  const intent = context.intent();
  if (!isHaIntent(intent)) return { state: "absent" };
  const present = await context.sql(route, (session) => readHa(session, database));
  if (present === intent.after) return { state: "done", output: intent.output, intent };
  if (present === intent.before) return { state: "absent" };
  return {
    state: "unknown",
    why: `ha.config is neither what it was nor what was to be written: ${present}`,
    remedy:
      "Somebody else changed it. Look at it in the console, then retry or mark the step done.",
  };
}

/**
 * What has become of a step that switches HA. One that watches a person writes nothing, so that it can
 * always be looked at anew.
 */
export async function probeHaStep<K extends "ha.disable" | "ha.enable">(
  context: StepContext<K>,
): Promise<Probe & { intent?: HaIntent }> {
  const { route, database, way } = context.params;
  return way === "guided" ? { state: "absent" } : probeHa(context, route, database);
}

function notAsWritten(found: string, written: string): UpliftError {
  return new UpliftError(
    "ha.not_as_written",
    `ha.config was written as ${written} and read back as ${found}; the change was taken back.`,
    { remedy: "The MetaDB changes what is written to it. Switch HA in the console instead." },
  );
}

function changedElsewhere(present: string, expected: string): UpliftError {
  return new UpliftError(
    "ha.changed_elsewhere",
    `ha.config was changed by somebody else: expected ${expected}, found ${present}.`,
    { remedy: "Find out who changes it, then retry: the step reads the value again." },
  );
}
