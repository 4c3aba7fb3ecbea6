import { z } from "zod";
import { RegionId } from "./ids.ts";

/** Where docker_init.sh runs in a region: on one of its nodes, or on every one (docs/domain, section 3.7). */
export const InitMode = z.enum(["once", "each"]);
export type InitMode = z.infer<typeof InitMode>;

/** A person's word against what the files of a region say. */
export const InitOverrule = z.object({
  regionId: RegionId,
  mode: InitMode,
  reason: z.string().trim().min(1, "Give a reason; plan, audit and report keep it.").max(2_000),
});
export type InitOverrule = z.infer<typeof InitOverrule>;

/** At most one overrule a region. */
export const InitOverrules = z
  .array(InitOverrule)
  .refine((all) => new Set(all.map(({ regionId }) => regionId)).size === all.length, {
    message: "Only one overrule for a region.",
  });

/** One key of config.yaml that is not the same on all nodes of a region. */
export const ConfigDifference = z.object({
  key: z.string(),
  secret: z.boolean(),
  /** Which nodes say what, the most frequent first; the text is null where nothing may or can be shown. */
  values: z.array(
    z.object({
      text: z.string().nullable(),
      /** Whether the key is missing there. */
      absent: z.boolean(),
      nodes: z.array(z.string()),
    }),
  ),
});
export type ConfigDifference = z.infer<typeof ConfigDifference>;

/** How a region is initialised, by what rule, on what evidence. */
export const InitDecision = z.object({
  regionId: RegionId,
  region: z.string(),
  /** Names of its nodes in the order of the plan; the first initialises where one does it for all. */
  nodes: z.array(z.string()),
  mode: InitMode,
  /** What the files say. */
  ruled: InitMode,
  differences: z.array(ConfigDifference),
  /** Why somebody decided otherwise than the files say; null: nobody did. */
  overruledBecause: z.string().nullable(),
});
export type InitDecision = z.infer<typeof InitDecision>;
