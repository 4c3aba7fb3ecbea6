import type { Backup, DatabaseManifest } from "#lib/domain/backup.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { PlanId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import { scratchNameFor } from "#lib/domain/rehearsal.ts";
import type { Step, StepOfKind } from "#lib/domain/step.ts";
import { makeStep } from "../make-step.ts";
import { hopOf, keyOf, type RollbackRequest, startedSteps, stepsOf } from "./history.ts";

/** A database with the proven backup that will restore it. */
export interface Restorable {
  backup: Backup;
  manifest: DatabaseManifest;
  dump: StepOfKind<"database.dump">;
}

/**
 * @throws UpliftError plan.blocked when a database has no proven backup, or has it on a node that was
 * left out: it will not be dropped
 */
export function restorables({ forward, run, hop = 1 }: RollbackRequest): Restorable[] {
  const dumps = stepsOf(forward, "database.dump").filter((dump) => hopOf(dump) === hop);
  return dumps.map((dump) => {
    const backup = run.backups.find((one) => one.key === dump.params.key);
    if (backup && backup.nodeId in run.leftOut) throw outOfReach(forward, backup);
    if (backup?.proven && backup.manifest) return { backup, manifest: backup.manifest, dump };
    throw new UpliftError(
      "plan.blocked",
      `There is no proven backup of ${dump.params.database}, so it will not be dropped.`,
      { remedy: `Look for the dump in ${dump.params.directory} and restore by hand.` },
    );
  });
}

function outOfReach({ hosts, toVersion }: Plan, { database, data, nodeId }: Backup): UpliftError {
  const name = hosts.find((host) => host.nodeId === nodeId)?.name ?? nodeId;
  return new UpliftError(
    "plan.blocked",
    `The backup of ${database} is on ${name}, which was left out, so ${database} will not be dropped.`,
    {
      host: name,
      remedy: `Go on to ${toVersion} without ${name}; or copy ${data.path} from its disk, abandon the run and restore by hand.`,
    },
  );
}

/** Reads every dump again before anything is stopped: a damaged one stops the rollback while OMS runs. */
export function proveBackups(
  backups: Restorable[],
  after: StepId[],
  add: (step: Step) => StepId,
): StepId[] {
  return backups.map(({ backup, dump }) =>
    add(
      makeStep({
        id: `rollback.prove.${keyOf(dump)}`,
        kind: "dump.verify",
        phase: "verify",
        scope: dump.scope,
        params: {
          nodeId: backup.nodeId,
          route: dump.params.route,
          key: backup.key,
          database: backup.database,
          source: { data: backup.data, objects: backup.objects },
          paths: [backup.data.path, ...(backup.objects ? [backup.objects.path] : [])],
          compression: backup.data.compression,
          compare: false,
        },
        after,
      }),
    ),
  );
}

/**
 * A dump that was never restored, or that server and client of today may not take any more, is restored into a
 * scratch database while nothing has been stopped: no database is dropped that could not be brought back.
 */
export function rehearseBackups(
  planId: PlanId,
  backups: Restorable[],
  after: StepId[],
  add: (step: Step) => StepId,
): StepId[] {
  return backups.map(({ backup, dump }, index) => {
    const { data, objects, nodeId, key } = backup;
    const { route, database, tool } = dump.params;
    return add(
      makeStep({
        id: `rollback.try.${keyOf(dump)}`,
        kind: "database.rehearse",
        phase: "verify",
        scope: dump.scope,
        params: {
          ...{ nodeId, route, key, database, tool, live: false, against: "manifest" },
          scratch: scratchNameFor(planId, index + 1),
          paths: [data.path, ...(objects ? [objects.path] : [])],
          compression: data.compression,
        },
        after,
      }),
    );
  });
}

/** Drop and create with the original character set, load, compare; every database at once. */
export function restoreDatabases(
  backups: Restorable[],
  after: StepId[],
  add: (step: Step) => StepId,
): StepId[] {
  return backups.map(({ backup, dump, manifest }) => {
    const { scope } = dump;
    const { route, database, tool } = dump.params;
    const key = keyOf(dump);
    const { characterSet, collation, triggers } = manifest;
    const { nodeId, data, objects } = backup;
    const files = [data, ...(objects ? [objects] : [])];
    const recreated = add(
      makeStep({
        id: `rollback.recreate.${key}`,
        kind: "database.recreate",
        phase: "recreate",
        scope,
        params: { route, database, backup: { nodeId, files }, characterSet, collation, triggers },
        after,
      }),
    );
    const loaded = add(
      makeStep({
        id: `rollback.restore.${key}`,
        kind: "database.restore",
        phase: "restore",
        scope,
        params: { nodeId, route, database, data, objects, tool },
        after: [recreated],
      }),
    );
    return add(
      makeStep({
        id: `rollback.compare.${key}`,
        kind: "database.compare",
        phase: "restore",
        scope,
        params: { route, database, manifest },
        after: [loaded],
      }),
    );
  });
}

/**
 * A rehearsal that was begun and not carried to its end: what may still go on of it on its node, or at
 * the server, is ended before a database is dropped beside it.
 */
export function endRehearsals(
  request: RollbackRequest,
  after: StepId[],
  add: (step: Step) => StepId,
): StepId[] {
  const { forward, run } = request;
  return startedSteps(request, "database.rehearse")
    .filter(({ id, params }) => {
      // What a node that is gone had begun went with it.
      return run.steps[id]?.status !== "succeeded" && !(params.nodeId in run.leftOut);
    })
    .map((step) => {
      const { nodeId, route, database, scratch } = step.params;
      return add(
        makeStep({
          id: `rollback.${step.id}`,
          kind: "rehearsal.end",
          phase: "verify",
          scope: step.scope,
          params: { nodeId, route, database, scratch, rehearsal: step.id, markedBy: forward.id },
          after,
        }),
      );
    });
}
