import { z } from "zod";
import { Backup } from "./backup.ts";
import { canonicalJson } from "./canonical-json.ts";
import { DumpTool } from "./facts.ts";
import { DeploymentId, NodeId, PlanId, RegionId, RunId } from "./ids.ts";
import { InitDecision, InitOverrules } from "./init-decision.ts";
import { ImageReference, OmsVersion } from "./inventory.ts";
import { Text } from "./message.ts";
import { Confirmation, RegisteredUse } from "./metadb-use.ts";
import { Gate, Step } from "./step.ts";

export const Leg = z.enum(["forward", "rollback"]);
export type Leg = z.infer<typeof Leg>;

/** What a run is for. A practice backup dumps while OMS runs and changes nothing (docs/adr/0023). */
export const RunPurpose = z.enum(["upgrade", "practice"]);
export type RunPurpose = z.infer<typeof RunPurpose>;

/** A node as the plan knows it: lanes, names, and the version of the inventory are fixed here. */
export const PlanHost = z.object({
  nodeId: NodeId,
  name: z.string(),
  address: z.string(),
  regionId: RegionId,
  region: z.string(),
  /** What it would dump with, were it to stand in for another; null in plans of earlier releases. */
  dumpTool: DumpTool.nullable().default(null),
});
export type PlanHost = z.infer<typeof PlanHost>;

/** A release to go to, and how it is installed. */
export const HopTarget = z.object({
  version: OmsVersion,
  image: ImageReference,
  containerName: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9_.-]{1,127}$/,
      "Letters, digits, _ . - ; at least two characters.",
    ),
  /** `docker load -i` this file on nodes that lack the image. */
  imageArchive: z.string().nullable().default(null),
});
export type HopTarget = z.infer<typeof HopTarget>;

/** What the operator asks for in the wizard. */
export const UpgradeTarget = HopTarget.extend({
  /** The releases on the way there, in their order; none for a direct upgrade. */
  via: z.array(HopTarget).max(8).default([]),
  /** Written confirmation for a path that the catalogue does not list; kept in the audit. */
  unlistedPathReason: z.string().nullable().default(null),
  /** Where the run waits for an approval before it goes on. */
  gates: z.array(Gate).default([]),
  /** Regions that are initialised otherwise than their config.yaml files say, each with the reason. */
  initOverrules: InitOverrules.default([]),
  /** What the checks would refuse or cannot tell, and a person has put in writing. */
  confirmed: z.array(Confirmation).max(100).default([]),
});
export type UpgradeTarget = z.infer<typeof UpgradeTarget>;

/** The releases that an upgrade comes to, the last one its target. */
export function hopTargets(
  target: HopTarget & Pick<UpgradeTarget, "via">,
): [HopTarget, ...HopTarget[]] {
  const { version, image, containerName, imageArchive, via } = target;
  const last = { version, image, containerName, imageArchive };
  const [first, ...others] = via;
  return first ? [first, ...others, last] : [last];
}

/** One upgrade of a chain, as the plan has it. */
export const PlanHop = z.object({
  fromVersion: OmsVersion,
  toVersion: OmsVersion,
  image: z.string(),
  containerName: z.string(),
});
export type PlanHop = z.infer<typeof PlanHop>;

/**
 * A plan is data: what will be done, where, with which commands, in which order.
 * Steps that do not wait for each other run in parallel.
 */
export const Plan = z.object({
  id: PlanId,
  leg: Leg,
  purpose: RunPurpose.default("upgrade"),
  deploymentId: DeploymentId,
  deploymentName: z.string(),
  /** The inventory revision it was made from. */
  inventoryRevision: z.number().int(),
  catalogueVersion: z.string(),
  fromVersion: OmsVersion,
  toVersion: OmsVersion,
  image: z.string(),
  containerName: z.string(),
  /** The upgrades of a chain, one after another; none where one upgrade leads to the target. */
  hops: z.array(PlanHop).default([]),
  hosts: z.array(PlanHost),
  steps: z.array(Step),
  /** Sentences the operator must read: what it does, what is lost, what to expect. */
  summary: z.array(Text),
  warnings: z.array(Text),
  /** For the forward leg: where docker_init.sh runs in each region, and why; empty in plans of earlier releases. */
  initialisation: z.array(InitDecision).default([]),
  /** The value of ha.config that was seen when the plan was made; null in plans of earlier releases. */
  haConfig: z.string().nullable().default(null),
  /** Who may use the databases; null in plans of earlier releases, and where it does not matter. */
  use: RegisteredUse.nullable().default(null),
  /**
   * For a rollback: the run it was made for and how many attempts its forward leg had begun by then.
   * A run that has moved on needs another plan. `hop` is the first hop that is undone, counted from 1:
   * what ran before it runs again.
   */
  undoes: z
    .object({
      runId: RunId,
      attempts: z.number().int(),
      hop: z.number().int().min(1).default(1),
    })
    .nullable(),
  /** Dumps that a rollback plan restores. */
  backups: z.array(Backup),
});
export type Plan = z.infer<typeof Plan>;

/** SHA-256 of the plan's canonical JSON, hex. A run is started for this hash: what was reviewed is what runs. */
export async function planHash(plan: Plan): Promise<string> {
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(canonicalJson(plan)),
  );
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The plan without the text of its commands, for views that only follow its steps. */
export function withoutCommands(plan: Plan): Plan {
  return { ...plan, steps: plan.steps.map((step) => ({ ...step, commands: [] })) };
}
