import { setTimeout as wait } from "node:timers/promises";
import { UpliftError } from "#lib/domain/errors.ts";
import type { HaAsk } from "#lib/domain/ha-ask.ts";
import { askFor, type HaGoal } from "#lib/oms/ha-guidance.ts";
import type { StepContext } from "./context.ts";
import { isHaIntent, lookAtHa } from "./ha-write.ts";

/** Between two looks, milliseconds: a change must be noticed within two seconds (docs/domain, section 2). */
const pauseMs = 500;

/**
 * Tells a person what to change in the console and watches the MetaDB until it is so. What was there
 * before is committed first: a person may act while no dashboard runs.
 *
 * @param goal asked for at each look, because an outage grows meanwhile
 * @returns `ha.config` before and after
 * @throws UpliftError ha.missing, ssh.*
 */
export async function guideHa<K extends "ha.disable" | "ha.enable">(
  context: StepContext<K>,
  goal: () => HaGoal,
): Promise<{ before: string; after: string }> {
  const { route, database, console } = context.params;
  const look = () => context.watchSql(route, (session) => lookAtHa(session, database));
  const known = context.intent();
  const before = isHaIntent(known) ? known.before : await look();
  if (!isHaIntent(known)) {
    await context.intend({ before, after: before, output: {}, hostTimeMs: null });
  }

  let said = "";
  for (;;) {
    const present = await patiently(context, look);
    if (present !== null) {
      const ask = askFor(present, goal(), console);
      if (ask === null) return { before, after: present };
      const words = JSON.stringify(ask satisfies HaAsk);
      if (words !== said) await context.awaitPerson(ask);
      said = words;
    }
    await wait(pauseMs, undefined, { signal: context.signal });
  }
}

/** A look, or null while the MetaDB gives no answer: the person's time is not to be lost by that. */
async function patiently<K extends "ha.disable" | "ha.enable">(
  context: StepContext<K>,
  look: () => Promise<string>,
): Promise<string | null> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof UpliftError) || error.code !== "metadb.unreachable") throw error;
    context.note(`${error.message} The watch goes on.`);
    return null;
  }
}
