import { z } from "zod";
import { UpliftError } from "#lib/domain/errors.ts";
import { OperatorCommandKind, RunEvent } from "#lib/domain/events.ts";
import { CommandId, DeploymentId, PlanId, RunId, StepId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { needsReason, permissionFor, whyNot } from "#lib/domain/run-commands.ts";
import { lastLines } from "#lib/domain/run-log/last-lines.ts";
import { LogLines } from "#lib/domain/run-log/log-lines.ts";
import {
  type DatabasePlace,
  databasePlaces,
  type NodePlace,
  nodePlaces,
} from "#lib/domain/run-view/places.ts";
import { hostNames } from "#lib/domain/run-view/step-words.ts";
import { requireGoneNode } from "#lib/services/leave-out-rules.ts";
import { RequestInvalid } from "#lib/services/request-invalid.ts";
import { requireRollbackPlan } from "#lib/services/rollback-rules.ts";
import { readRun, readState, requireRun } from "#lib/services/run-reading.ts";
import { RunView } from "#lib/services/views.ts";
import { db } from "#lib/store/client.ts";
import { enqueueCommand } from "#lib/store/commands.ts";
import { createRun } from "#lib/store/create-run.ts";
import { prismaStore } from "#lib/store/store.ts";
import { operation, typed } from "./operation.ts";

export const ofRun = z.object({ runId: RunId });

/** A whole number of a query or a document, at least 0. */
export const wholeNumber = z
  .union(
    [
      z.number().int().min(0),
      z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number),
    ],
    "A whole number, at least 0.",
  )
  .default(0);

/**
 * Starts a run for a reviewed plan; the hash says which text was reviewed.
 *
 * @throws UpliftError plan.*, run.active_exists, not_found
 */
export const startRun = operation({
  name: "runs.start",
  permission: "run.start",
  input: z.object({ planId: PlanId, planHash: z.string() }),
  output: RunId,
  run: (actor, input) => createRun({ ...input, actor }),
});

/** A run with its state and its plans. @throws UpliftError not_found */
export const getRun = operation({
  name: "runs.get",
  permission: "run.read",
  input: ofRun,
  output: RunView,
  run: (_actor, { runId }) => readRun(runId),
});

/** Events after a number, in order. @throws UpliftError not_found */
export const runEvents = operation({
  name: "runs.events",
  permission: "run.read",
  input: ofRun.extend({ after: wholeNumber }),
  output: z.array(RunEvent),
  async run(_actor, { runId, after }) {
    await requireRun(runId);
    return prismaStore().journal.read(runId, after);
  },
});

/** Characters of a step's log that are sent at once. */
const logPiece = 256 * 1024;

/** A piece of a step's log by offset in characters. @throws UpliftError not_found */
export const stepLog = operation({
  name: "runs.step-log",
  permission: "run.read",
  input: ofRun.extend({ stepId: StepId, offset: wholeNumber }),
  output: z.object({ text: z.string(), nextOffset: z.number() }),
  async run(_actor, { runId, stepId, offset }) {
    await requireRun(runId);
    return prismaStore().log.readStep(runId, stepId, offset, logPiece);
  },
});

/** Pieces of a step's log that are read for its last lines: they hold more lines than are shown. */
const lastPieces = 20;

/**
 * The last lines of each step that failed or ended unknown, redacted as they are stored. A page shows
 * them with its first look, however long the log is that it then reads.
 *
 * @throws UpliftError not_found
 */
export const linesOfTrouble = operation({
  name: "runs.lines-of-trouble",
  permission: "run.read",
  input: ofRun,
  output: typed<Record<StepId, string[]>>(),
  async run(_actor, { runId }) {
    const { steps } = await readState(runId);
    const troubled = Object.values(steps).filter(
      ({ status }) => status === "failed" || status === "uncertain",
    );
    const { log } = prismaStore();
    const read = async (stepId: StepId): Promise<[StepId, string[]]> => {
      const lines = new LogLines();
      for (const piece of await log.readEnd(runId, stepId, lastPieces)) lines.add(piece);
      return [stepId, lastLines(lines.lines, stepId)];
    };
    return Object.fromEntries(await Promise.all(troubled.map(({ id }) => read(id))));
  },
});

/** Where a run that is on is, by node and by database. */
export interface RunPlaces {
  runId: RunId;
  nodes: NodePlace[];
  databases: DatabasePlace[];
}

/** The places of the deployment's run that is on; null when none is. */
export const placesOf = operation({
  name: "runs.places",
  permission: "run.read",
  input: z.object({ deploymentId: DeploymentId }),
  output: typed<RunPlaces | null>(),
  async run(_actor, { deploymentId }) {
    const row = await db().run.findUnique({
      where: { activeDeploymentId: deploymentId },
      select: { id: true },
    });
    if (!row) return null;
    const runId = RunId.parse(row.id);
    const { state, plans } = await readRun(runId);
    const plan = plans.find(({ leg }) => leg === state.leg);
    const names = hostNames(plans);
    return {
      runId,
      nodes: plan ? nodePlaces(plan, state, names) : [],
      databases: plan ? databasePlaces(plan, state, names) : [],
    };
  },
});

const Command = ofRun.extend({
  stepId: StepId.nullish(),
  reason: z.string().trim().max(2_000).nullish(),
  planId: PlanId.nullish(),
  planHash: z.string().nullish(),
});
type Command = z.infer<typeof Command> & { kind: OperatorCommandKind };

/** Asks the engine for something: pause, resume, retry, ... Everything but an approval. */
export const controlRun = operation({
  name: "runs.control",
  permission: permissionFor("retry"),
  input: Command.extend({ kind: OperatorCommandKind.exclude(["approve"]) }),
  output: CommandId,
  run: command,
});

/** Lets a run go on at a gate. */
export const approveGate = operation({
  name: "runs.approve",
  permission: permissionFor("approve"),
  input: Command.extend({ kind: OperatorCommandKind.extract(["approve"]) }),
  output: CommandId,
  run: command,
});

/**
 * Leaves a command for the engine. It is checked against the run as it is now, and again by the
 * engine when its turn comes.
 *
 * @throws UpliftError run.command_not_allowed, plan.hash_differs, request.invalid, not_found
 */
async function command(actor: Actor, command: Command): Promise<CommandId> {
  const { runId, kind, stepId = null, reason = null, planId = null, planHash = null } = command;
  const state = await readState(runId);
  const why = whyNot(state, kind, stepId);
  if (why !== null) {
    throw new UpliftError("run.command_not_allowed", why, {
      remedy: "Look at the run again: it has moved on.",
    });
  }
  if (needsReason(kind) && !reason) {
    throw new RequestInvalid([{ path: "reason", message: "Give a reason; the audit keeps it." }]);
  }
  if (kind === "leave-out") await requireGoneNode(state, stepId);
  if (kind === "rollback") await requireRollbackPlan(state, planId, planHash);
  return enqueueCommand({ runId, kind, stepId, reason, planId, planHash, actor });
}
