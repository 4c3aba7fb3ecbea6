import { changeHaConfig, readHaConfig } from "#lib/oms/ha-config.ts";
import type { StepContext, StepHandler, StepOutput } from "./context.ts";
import { guideHa } from "./ha-guided.ts";
import { probeHaStep, readHa, writeHa } from "./ha-write.ts";

/** Switches HA off, or has it switched off by a person; leaves it alone where it is off already. */
export const haDisable: StepHandler<"ha.disable"> = {
  kind: "ha.disable",
  repeatable: false,
  cancel: null,
  probe: probeHaStep,
  run: (context) => (context.params.way === "guided" ? guided(context) : direct(context)),
};

async function direct(context: StepContext<"ha.disable">): Promise<StepOutput> {
  const { route, database, way } = context.params;
  return context.sql(route, async (session) => {
    const before = await readHa(session, database);
    const wasEnabled = readHaConfig(before).enable;
    if (!wasEnabled) {
      context.note("HA is off already.");
      return { wasEnabled, way, before, after: before };
    }
    const after = changeHaConfig(before, { enable: false });
    const output = { wasEnabled, way, before, after };
    await context.intend({ before, after, output, hostTimeMs: null });
    await writeHa(session, database, before, after);
    return output;
  });
}

async function guided(context: StepContext<"ha.disable">): Promise<StepOutput> {
  const goal = { enable: false, interval: null };
  const { before, after } = await guideHa(context, () => goal);
  return { wasEnabled: readHaConfig(before).enable, way: "guided", before, after };
}
