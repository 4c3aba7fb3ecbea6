import { changeHaConfig, readHaConfig } from "#lib/oms/ha-config.ts";
import type { StepHandler } from "./context.ts";
import { probeHa, readHa, writeHa } from "./ha-write.ts";

/** Switches HA off by a write to the MetaDB; leaves it alone where it is off already. */
export const haDisable: StepHandler<"ha.disable"> = {
  kind: "ha.disable",
  repeatable: false,
  cancel: null,
  probe: (context) => probeHa(context, context.params.route, context.params.database),
  async run(context) {
    const { route, database } = context.params;
    return context.sql(route, async (session) => {
      const before = await readHa(session, database);
      const wasEnabled = readHaConfig(before).enable;
      if (!wasEnabled) {
        context.note("HA is off already.");
        return { wasEnabled, before, after: before };
      }
      const after = changeHaConfig(before, { enable: false });
      const output = { wasEnabled, before, after };
      await context.intend({ before, after, output, hostTimeMs: null });
      await writeHa(session, database, before, after);
      return output;
    });
  },
};
