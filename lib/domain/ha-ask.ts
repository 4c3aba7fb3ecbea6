import { z } from "zod";

/** How HA is switched: by a write to the MetaDB, or by a person in the console (docs/domain, section 2). */
export const HaWay = z.enum(["direct", "guided"]);
export type HaWay = z.infer<typeof HaWay>;

/** Why what a person has saved in the console is not yet what the step waits for. */
export const HaShortfall = z.enum(["not-switched", "interval-too-short", "unusable"]);
export type HaShortfall = z.infer<typeof HaShortfall>;

/** What a person is asked to do in the console, while a step watches the MetaDB. */
export const HaAsk = z.object({
  /** Address of the console, to be opened by the person. */
  console: z.string(),
  /** `ha.config` as it was last seen, byte for byte. */
  present: z.string(),
  /** What it should be; every other byte as it is. Null when the present value cannot be changed. */
  wanted: z.string().nullable(),
  /** The keys to change and their new values. */
  changes: z.array(z.object({ key: z.string(), to: z.union([z.boolean(), z.number()]) })),
  shortfall: HaShortfall,
});
export type HaAsk = z.infer<typeof HaAsk>;
