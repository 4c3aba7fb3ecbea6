import { z } from "zod";
import { Backup, DumpFile } from "./backup.ts";
import { Compression } from "./compression.ts";
import { DumpTool, Mount } from "./facts.ts";
import { gates } from "./gates.ts";
import { HaWay } from "./ha-ask.ts";
import { NodeId, PlanId, StepId } from "./ids.ts";
import { DatabaseServer } from "./inventory.ts";
import { Text } from "./message.ts";
import { phaseOrder } from "./phase-order.ts";
import { isScratchName } from "./rehearsal.ts";

/** A MySQL server, reached through an SSH tunnel from one node. */
export const SqlRoute = z.object({ server: DatabaseServer, via: NodeId });
export type SqlRoute = z.infer<typeof SqlRoute>;

/** The moments of an upgrade that the vendor's documentation names, and the end of a rollback. */
export const TimeMark = z.enum(["T1", "T2", "T3", "HA_BACK"]);
export type TimeMark = z.infer<typeof TimeMark>;

/** Everything `docker run` needs for the new container (docs/domain, section 3.6). */
export const ContainerSpec = z.object({
  name: z.string(),
  image: z.string(),
  hostIp: z.string(),
  isUpgrade: z.boolean(),
  mounts: z.array(Mount),
  environment: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  /** `name=soft:hard`, beside nproc, which is always set. */
  ulimits: z.array(z.string()).default([]),
  /** More words of `docker run` that the old container had. */
  options: z.array(z.string()).default([]),
});
export type ContainerSpec = z.infer<typeof ContainerSpec>;

/** The places of the forward leg at which a run can be made to wait for an approval, in their order. */
export const Gate = z.enum(gates);
export type Gate = z.infer<typeof Gate>;

const SeenImage = z.object({ reference: z.string(), id: z.string() });

/** Which of the two looks that the report compares. */
const SurveyMoment = z.enum(["before", "after"]);

const onNode = z.object({ nodeId: NodeId });

/** A container and where its console answers. */
const consoleOf = {
  containerName: z.string(),
  address: z.string(),
  port: z.number().int(),
  https: z.boolean(),
};

/** The rm database that holds `ha.config`, and how it is changed there. */
const haPlace = z.object({
  route: SqlRoute,
  database: z.string(),
  way: HaWay.default("direct"),
  /** Address of the console in which a person changes it; empty in plans without guidance. */
  console: z.string().default(""),
});

/** The parameters of each step kind. A new kind is a line here, a file in lib/steps, words in the UI. */
export const stepParams = {
  /** Takes the host's lock: from here to the run's end no other run changes anything there. */
  "node.lock": onNode,
  /** Looks again, just before anything is touched, whether the node is as it was planned for. */
  "node.verify": onNode.extend({
    containerName: z.string(),
    /** Null: any container of that name will do. */
    containerId: z.string().nullable(),
    mustRun: z.boolean(),
    configPath: z.string().nullable(),
    configSha256: z.string().nullable(),
    /** A name that must be free, the new container's. */
    freeName: z.string().nullable(),
    image: SeenImage.nullable(),
    /** The same of the releases on the way there. */
    onTheWay: z
      .object({ freeNames: z.array(z.string()), images: z.array(SeenImage) })
      .default({ freeNames: [], images: [] }),
    backupDirectory: z.string(),
    needBytes: z.number(),
    /** Where the node must answer healthy; null: it need not, or the plan is of an earlier release. */
    healthAt: z
      .object({ address: z.string(), port: z.number().int(), https: z.boolean() })
      .nullable()
      .default(null),
  }),
  /** Dumps a database for trial and restores a part of it, with what will do it in earnest. */
  "dump.trial": onNode.extend({
    route: SqlRoute,
    database: z.string(),
    /** The only database that the step ever creates, writes to or drops. */
    scratch: z.string().refine(isScratchName, "not a scratch database"),
    /** Where the backups will be. */
    directory: z.string(),
    compression: Compression,
    tool: DumpTool,
  }),
  "metadb.verify": z.object({
    route: SqlRoute,
    /** What must be there and be within the user's rights. */
    databases: z.array(z.string()),
    /** Who may use the databases at that moment: whoever does, the registered nodes, or nobody at all. */
    users: z.enum(["any", "registered", "nobody"]).default("any"),
  }),
  /** Looks at a node, for the report's comparison of before and after. */
  "node.survey": onNode.extend({ ...consoleOf, moment: SurveyMoment }),
  /** Looks at tables, and in the rm database at projects, for the same. */
  "metadb.survey": z.object({
    moment: SurveyMoment,
    route: SqlRoute,
    databases: z.array(z.string()),
    rmDatabase: z.string().nullable(),
  }),
  "image.load": onNode.extend({ archive: z.string(), image: z.string() }),
  "ha.disable": haPlace,
  "container.stop": onNode.extend({
    containerName: z.string(),
    mark: TimeMark.nullable(),
    /** Only a container with the label of this plan is stopped; null for the site's own. */
    ownedBy: PlanId.nullable(),
    /** The step of the upgrade that creates it: what is left of that is ended first. */
    createdBy: StepId.nullable().default(null),
    graceSeconds: z.number().int(),
    /** What a rollback gives back to it; stopped, it has none, so that nothing starts it beside the new one. */
    restartPolicy: z.string().default("no"),
  }),
  "heartbeat.prune": z.object({ route: SqlRoute, database: z.string() }),
  "database.dump": onNode.extend({
    route: SqlRoute,
    /** Key of the backup it makes. */
    key: z.string(),
    database: z.string(),
    role: Backup.shape.role,
    directory: z.string(),
    file: z.string(),
    /** A second file for triggers, routines and events, when the database has any; null in old plans without. */
    objectsFile: z.string().nullable(),
    /** The release whose data it will hold. */
    version: z.string().nullable().default(null),
    /** OMS may run and write meanwhile: a dump for practice. */
    live: z.boolean().default(false),
    /** How the files are stored; their names end accordingly. */
    compression: Compression.default("none"),
    tool: DumpTool,
  }),
  /** Reads the dump again and compares it with the database it came from. */
  "dump.verify": onNode.extend({
    route: SqlRoute,
    key: z.string(),
    database: z.string(),
    /** The dump to prove: of a step of this plan, or (in a rollback) of an earlier one. */
    source: z.union([
      z.object({ dumpStep: StepId }),
      z.object({ data: DumpFile, objects: DumpFile.nullable() }),
    ]),
    /** Where the plan expects the dump's files; what the dump reported is what is proven. */
    paths: z.array(z.string()),
    compression: Compression.default("none"),
    /** Whether the database still is as it was dumped, so that its content can be compared. */
    compare: z.boolean(),
  }),
  /** Restores the dump into a scratch database, compares it with its source, and drops it again. */
  "database.rehearse": onNode.extend({
    route: SqlRoute,
    key: z.string(),
    database: z.string(),
    /** The only database that the step ever creates, writes to or drops. */
    scratch: z.string().refine(isScratchName, "not a scratch database"),
    /** Where the plan expects the dump's files; what was proven is what is restored. */
    paths: z.array(z.string()).min(1),
    compression: Compression,
    tool: DumpTool,
    /** OMS may have written since the dump: other rows are then told and prove nothing. */
    live: z.boolean().default(false),
    /**
     * What it is compared with. In a rollback the source is another one by now: there the dump is rehearsed only
     * if it never was, or if server or client have changed since, and compared with what it was proven to hold.
     */
    against: z.enum(["source", "manifest"]).default("source"),
  }),
  /** Ends a rehearsal that was not carried to its end, and drops its scratch database. */
  "rehearsal.end": onNode.extend({
    route: SqlRoute,
    database: z.string(),
    scratch: z.string().refine(isScratchName, "not a scratch database"),
    /** The step of the upgrade that rehearsed. */
    rehearsal: StepId,
    /** The plan that step belongs to: its mark stands in the scratch database. */
    markedBy: PlanId,
  }),
  "container.start": onNode.extend({ container: ContainerSpec }),
  "metadata.init": onNode.extend({ containerName: z.string() }),
  "services.start": onNode.extend({ containerName: z.string() }),
  "node.health": onNode.extend(consoleOf).extend({
    /** Given to the container once it is healthy. */
    restartPolicy: z.string().default("no"),
  }),
  "ha.enable": haPlace.extend({
    /** What HA was before: with false it is left off and only the moment is recorded. */
    enable: z.boolean(),
    /** The step that finds out what HA was before, where the plan cannot know; it decides then. */
    asFoundBy: StepId.nullable().default(null),
    since: TimeMark,
    marginMin: z.number().int(),
    mark: TimeMark,
  }),
  "console.restart": onNode.extend({ containerName: z.string() }),
  /** Renames the new container so that its logs stay and its name is free again. */
  "container.retire": onNode.extend({
    containerName: z.string(),
    newName: z.string(),
    ownedBy: PlanId,
  }),
  "database.recreate": z.object({
    route: SqlRoute,
    database: z.string(),
    /** The proven dump: looked for once more in the moment before the drop. */
    backup: onNode.extend({ files: z.array(DumpFile).min(1) }),
    characterSet: z.string(),
    collation: z.string(),
    /** The triggers that its backup holds; plans of before they were known have none. */
    triggers: z.array(z.string()).optional(),
  }),
  "database.restore": onNode.extend({
    route: SqlRoute,
    database: z.string(),
    data: DumpFile,
    objects: DumpFile.nullable(),
    tool: DumpTool,
  }),
  "database.compare": z.object({
    route: SqlRoute,
    database: z.string(),
    manifest: Backup.shape.manifest.unwrap(),
  }),
  "container.restart": onNode.extend({
    containerName: z.string(),
    /** Given back to it once it runs. */
    restartPolicy: z.string().default("no"),
  }),
  /** Nothing is done: what stands behind it waits until a person has approved it. */
  gate: z.object({ before: Gate }),
} as const;

export type StepKind = keyof typeof stepParams;
/** The kinds that the engine carries out; a gate it only waits at. */
export type WorkKind = Exclude<StepKind, "gate">;
export type StepParams<K extends StepKind> = z.infer<(typeof stepParams)[K]>;

export const stepKinds = Object.keys(stepParams) as StepKind[];

export const Phase = z.enum(phaseOrder);
export type Phase = z.infer<typeof Phase>;

/** What a step acts upon; it decides the lane in which the step is shown. */
export const StepScope = z.discriminatedUnion("type", [
  z.object({ type: z.literal("deployment") }),
  z.object({ type: z.literal("region"), name: z.string() }),
  z.object({ type: z.literal("host"), nodeId: NodeId }),
  z.object({ type: z.literal("database"), database: z.string(), nodeId: NodeId.nullable() }),
]);
export type StepScope = z.infer<typeof StepScope>;

/** A command as it will run, redacted: the preview is the truth. `sql` runs over the tunnel. */
export const PlannedCommand = z.object({
  kind: z.enum(["shell", "sql", "http"]),
  nodeId: NodeId,
  text: z.string(),
});
export type PlannedCommand = z.infer<typeof PlannedCommand>;

const stepShape = <K extends StepKind>(kind: K) =>
  z.object({
    id: StepId,
    kind: z.literal(kind),
    phase: Phase,
    /** Which upgrade of a chain it belongs to, counted from 1; null for what belongs to the whole. */
    hop: z.number().int().min(1).nullable().default(null),
    scope: StepScope,
    params: stepParams[kind],
    /** The steps that must have ended well before this one starts. */
    after: z.array(StepId),
    /** Deadline of one attempt, milliseconds; 0 for a gate, because a person has none. */
    timeoutMs: z.number().int(),
    /** Silence longer than this is shown as such, milliseconds; 0 for a gate. */
    quietMs: z.number().int(),
    commands: z.array(PlannedCommand),
    /** What it changes, and what brings it back; one sentence each. */
    changes: Text,
    undo: Text,
  });

type StepOf<K extends StepKind> = {
  id: StepId;
  kind: K;
  phase: Phase;
  hop: number | null;
  scope: StepScope;
  params: StepParams<K>;
  after: StepId[];
  timeoutMs: number;
  quietMs: number;
  commands: PlannedCommand[];
  changes: Text;
  undo: Text;
};

/** One step; `kind` decides the type of `params`. */
export type Step = { [K in StepKind]: StepOf<K> }[StepKind];
export type StepOfKind<K extends StepKind> = Extract<Step, { kind: K }>;
export type WorkStep = StepOfKind<WorkKind>;

export function isWork(step: Step): step is WorkStep {
  return step.kind !== "gate";
}

const stepSchemas = stepKinds.map((kind) => stepShape(kind));

export const Step = z.discriminatedUnion(
  "kind",
  stepSchemas as unknown as [z.ZodObject<{ kind: z.ZodLiteral<StepKind> }>],
) as unknown as z.ZodType<Step>;
