import { UpliftError } from "#lib/domain/errors.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { StepParams } from "#lib/domain/step.ts";
import { changeHaConfig, readHaConfig, refetchInterval } from "#lib/oms/ha-config.ts";
import type { StepContext, StepHandler } from "./context.ts";
import { probeHa, readHa, writeHa } from "./ha-write.ts";

/** Switches HA on with the interval that covers the outage, and records the moment (T2). */
export const haEnable: StepHandler<"ha.enable"> = {
  kind: "ha.enable",
  repeatable: false,
  cancel: null,

  async probe(context) {
    const { route, database, mark } = context.params;
    const { intent, ...probe } = await probeHa(context, route, database);
    // The moment was committed with the intent: an interruption does not move T2.
    if (probe.state === "done" && intent?.hostTimeMs) {
      await context.mark(mark, route.via, intent.hostTimeMs);
    }
    return probe;
  },

  async run(context) {
    const { route, database, enable, mark } = context.params;
    const { hostTime } = await context.clock(route.via);
    if (!enable) {
      await context.mark(mark, route.via, hostTime);
      context.note("HA was off before and stays off.");
      return { enabled: false };
    }
    return context.sql(route, async (session) => {
      const before = await readHa(session, database);
      const { perceiveStoreClientCheckpoint, refetchStoreIntervalMin } = readHaConfig(before);
      const interval = perceiveStoreClientCheckpoint ? null : intervalNow(context);
      const after = changeHaConfig(before, {
        enable: true,
        ...(interval === null ? {} : { refetchStoreIntervalMin: interval.minutes }),
      });
      const output = {
        enabled: true,
        before,
        after,
        refetchStoreIntervalMin: interval?.minutes ?? refetchStoreIntervalMin,
        arithmetic:
          interval?.arithmetic ?? "perceiveStoreClientCheckpoint is true: the value stays.",
      };
      context.note(output.arithmetic);
      await context.intend({ before, after, output, hostTimeMs: hostTime });
      await writeHa(session, database, before, after);
      await context.mark(mark, route.via, hostTime);
      return output;
    });
  },
};

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
  const stops = Object.values(state.steps).filter(({ id }) => id.startsWith("stop."));
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
