import { z } from "zod";

/**
 * Identifiers are short random strings with a prefix that says what they name; branded, so that a
 * node's id cannot stand where a region's is wanted.
 */
function idOf<Brand extends string>(prefix: string) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[a-z0-9]{12}$`), `not a ${prefix}_ identifier`)
    .brand<Brand>();
}

export const DeploymentId = idOf<"DeploymentId">("dep");
export type DeploymentId = z.infer<typeof DeploymentId>;
export const RegionId = idOf<"RegionId">("reg");
export type RegionId = z.infer<typeof RegionId>;
export const NodeId = idOf<"NodeId">("nod");
export type NodeId = z.infer<typeof NodeId>;
export const CredentialId = idOf<"CredentialId">("crd");
export type CredentialId = z.infer<typeof CredentialId>;
export const SecretId = idOf<"SecretId">("sec");
export type SecretId = z.infer<typeof SecretId>;
export const PlanId = idOf<"PlanId">("pln");
export type PlanId = z.infer<typeof PlanId>;
export const PreflightId = idOf<"PreflightId">("pre");
export type PreflightId = z.infer<typeof PreflightId>;
export const RunId = idOf<"RunId">("run");
export type RunId = z.infer<typeof RunId>;
export const CommandId = idOf<"CommandId">("cmd");
export type CommandId = z.infer<typeof CommandId>;

/** Unique within a plan, readable in URLs and logs: `stop.hz-1`, `rollback.restore.drc_rm_db`. */
export const StepId = z
  .string()
  .regex(/^[a-z0-9][A-Za-z0-9._-]{0,199}$/, "not a step id")
  .brand<"StepId">();
export type StepId = z.infer<typeof StepId>;

const alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

/** A new identifier, e.g. `newId("run")`; twelve characters of base 36 hold 62 random bits. */
export function newId<S extends z.ZodType<string>>(schema: S, prefix: string): z.output<S> {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  let text = "";
  for (const byte of bytes) {
    // 252 is the largest multiple of 36 in a byte: rejecting the rest keeps the choice uniform.
    if (byte < 252 && text.length < 12) text += alphabet[byte % 36];
  }
  // Fewer than twelve of 24 bytes accepted has a chance below 1e-20; trying again is simplest.
  return text.length === 12 ? schema.parse(`${prefix}_${text}`) : newId(schema, prefix);
}
