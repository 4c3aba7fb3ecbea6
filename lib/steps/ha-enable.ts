import { UpliftError } from "#lib/domain/errors.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { StepParams } from "#lib/domain/step.ts";
import { changeHaConfig, readHaConfig, refetchInterval } from "#lib/oms/ha-config.ts";
import type { HaGoal } from "#lib/oms/ha-guidance.ts";
import type { StepContext, StepHandler, StepOutput } from "./context.ts";
import { guideHa } from "./ha-guided.ts";
import { probeHaStep, readHa, writeHa } from "./ha-write.ts";

/** Switches HA on with the interval that covers the outage, and records the moment (T2). */
export const haEnable: StepHandler<"ha.enable"> = {
  kind: "ha.enable",
  repeatable: false,
  cancel: null,

  async probe(context) {
    const { route, mark } = context.params;
    const { intent, ...probe } = await probeHaStep(context);
    // The moment was committed with the intent: an interruption does not move T2.
    if (probe.state === "done" && intent?.hostTimeMs) {
      await context.mark(mark, route.via, intent.hostTimeMs);
    }
    return probe;
  },

  async run(context) {
    const { way } = context.params;
    if (!isToBeOn(context)) {
      await recordMoment(context);
      context.note("HA was off before and stays off.");
      return { enabled: false };
    }
    return way === "guided" ? guided(context) : direct(context);
  },
};

/** Whether HA was on before: as the plan knows it, or as the step found it that the plan names. */
function isToBeOn(context: StepContext<"ha.enable">): boolean {
  const { enable, asFoundBy } = context.params;
  if (asFoundBy === null) return enable;
  const found = context.outputOf(asFoundBy) as { wasEnabled?: unknown } | null;
  return typeof found?.wasEnabled === "boolean" ? found.wasEnabled : enable;
}

async function direct(context: StepContext<"ha.enable">): Promise<StepOutput> {
  const { route, database, mark, way } = context.params;
  const { hostTime } = await context.clock(route.via);
  return context.sql(route, async (session) => {
    const before = await readHa(session, database);
    const { perceiveStoreClientCheckpoint, refetchStoreIntervalMin } = readHaConfig(before);
    const interval = perceiveStoreClientCheckpoint ? null : intervalNow(context);
    const after = changeHaConfig(before, {
      enable: true,
      ...(interval === null ? {} : { refetchStoreIntervalMin: interval.minutes }),
    });
    const output = {
      ...{ enabled: true, way, before, after },
      refetchStoreIntervalMin: interval?.minutes ?? refetchStoreIntervalMin,
      arithmetic: interval?.arithmetic ?? "perceiveStoreClientCheckpoint is true: the value stays.",
    };
    context.note(output.arithmetic);
    await context.intend({ before, after, output, hostTimeMs: hostTime });
    await writeHa(session, database, before, after);
    await context.mark(mark, route.via, hostTime);
    return output;
  });
}

/** The moment is when the change was noticed, a second or two after it was saved. */
async function guided(context: StepContext<"ha.enable">): Promise<StepOutput> {
  const { since, marginMin } = context.params;
  let advised = 0;
  const goal = (): HaGoal => {
    const outageMs = outageOf(context.state(), context.params, context.now());
    if (outageMs === 0) return { enable: true, interval: null };
    const outage = refetchInterval(outageMs, 0);
    // What is asked for stays the same while a person types it, as long as it leaves some room.
    if (advised - outage < Math.max(1, marginMin / 2)) advised = outage + Math.max(1, marginMin);
    return { enable: true, interval: { outage, advised } };
  };
  const { before, after } = await guideHa(context, goal);
  await recordMoment(context);
  const { refetchStoreIntervalMin, perceiveStoreClientCheckpoint } = readHaConfig(after);
  const { interval } = goal();
  const arithmetic =
    interval === null || perceiveStoreClientCheckpoint
      ? "The value stays."
      : `${interval.outage} min from ${since} to now, rounded up, of ${refetchStoreIntervalMin} min set in the console.`;
  context.note(arithmetic);
  return { enabled: true, way: "guided", before, after, refetchStoreIntervalMin, arithmetic };
}

/** Records T2 (or the end of a rollback) as now, by the clock of the node that leads to the MetaDB. */
async function recordMoment(context: StepContext<"ha.enable">): Promise<void> {
  const { route, mark } = context.params;
  const { hostTime } = await context.clock(route.via);
  await context.mark(mark, route.via, hostTime);
}

function intervalNow(context: StepContext<"ha.enable">): { minutes: number; arithmetic: string } {
  const { since, marginMin } = context.params;
  const outageMs = outageOf(context.state(), context.params, context.now());
  const minutes = refetchInterval(outageMs, marginMin);
  const outageMin = minutes - marginMin;
  return {
    minutes,
    arithmetic: `${outageMin} min from ${since} to now, rounded up, + ${marginMin} min margin = ${minutes} min.`,
  };
}

/**
 * Milliseconds from the mark to now by this product's own clock, so that a host whose clock is off
 * cannot shorten the interval. Without a mark no container was stopped.
 *
 * @throws UpliftError internal when a stop is known to have happened but its time is not
 */
function outageOf(
  state: RunState,
  { since }: Pick<StepParams<"ha.enable">, "since">,
  now: number,
): number {
  const mark = state.marks[since];
  if (mark) return now - Date.parse(mark.time);
  const stops = Object.values(state.steps).filter(({ id }) => /^(h\d+\.)?stop\./.test(id));
  if (stops.every((step) => step.attempt === 0)) return 0;
  // A stop was begun and its moment never arrived: the earliest start of such a step is safe.
  const earliest = Math.min(
    ...stops.flatMap(({ startedAt }) => (startedAt ? [Date.parse(startedAt)] : [])),
  );
  if (Number.isFinite(earliest)) return now - earliest;
  throw new UpliftError("internal", `A container was stopped, but ${since} is not known.`, {
    remedy: "Set refetchStoreIntervalMin in the console by hand and mark the step done.",
  });
}
