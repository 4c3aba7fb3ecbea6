import { type Command, command, showCommand } from "#lib/commands/command.ts";
import {
  dockerInit,
  dockerInspect,
  dockerLoad,
  dockerRename,
  dockerRestart,
  dockerRestartPolicy,
  dockerRun,
  dockerStop,
  supervisorctl,
} from "#lib/commands/docker.ts";
import {
  dumpData,
  dumpPart,
  dumpStructure,
  restoreClient,
  showDump,
  showRestore,
} from "#lib/commands/dump.ts";
import { showLock } from "#lib/commands/lock-scripts/take.ts";
import { looks } from "#lib/commands/looks.ts";
import { identifier, projectTables, sql } from "#lib/commands/sql.ts";
import { trialRows } from "#lib/commands/trial.ts";
import type { HaWay } from "#lib/domain/ha-ask.ts";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type {
  Phase,
  PlannedCommand,
  StepKind,
  StepOfKind,
  StepParams,
  StepScope,
} from "#lib/domain/step.ts";

const seconds = 1000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

interface Rule<K extends StepKind> {
  /** Deadline of an attempt and the longest silence that is normal, milliseconds. */
  timeoutMs: number;
  quietMs: number;
  commands: (params: StepParams<K>) => PlannedCommand[];
  changes: string;
  undo: string;
}

const nothing = { changes: "Nothing.", undo: "Nothing to undo." };

const shell = (nodeId: NodeId, ...commands: Command[]): PlannedCommand[] =>
  commands.map((one) => ({ kind: "shell", nodeId, text: showCommand(one) }));
const statements = (nodeId: NodeId, ...texts: string[]): PlannedCommand[] =>
  texts.map((text) => ({ kind: "sql", nodeId, text }));
const health = (
  nodeId: NodeId,
  { address, port, https }: { address: string; port: number; https: boolean },
): PlannedCommand => ({
  kind: "http",
  nodeId,
  text: `GET http${https ? "s" : ""}://${address}:${port}/oms/health`,
});
const line = (nodeId: NodeId, text: string): PlannedCommand => ({ kind: "shell", nodeId, text });

/** With guidance a person writes; Uplift only reads. */
const haStatements = (nodeId: NodeId, database: string, way: HaWay): PlannedCommand[] =>
  way === "direct"
    ? statements(nodeId, sql.selectHa(database), sql.updateHa(database))
    : statements(nodeId, sql.readHa(database));

/** What every step of a kind has in common: its limits, its commands, its effect and the way back. */
const rules: { [K in StepKind]: Rule<K> } = {
  "node.lock": {
    timeoutMs: 1 * minutes,
    quietMs: 20 * seconds,
    commands: ({ nodeId }) => shell(nodeId, ...showLock("INSTALLATION RUN WHO SINCE")),
    changes: "Marks the host as held by this run, so that no other run changes anything there.",
    undo: "The lock is taken away when the run has ended.",
  },
  "node.verify": {
    timeoutMs: 2 * minutes,
    quietMs: 30 * seconds,
    commands: ({ nodeId, containerName, configPath, healthAt }) => [
      { kind: "shell", nodeId, text: `docker inspect --type container ${containerName}` },
      ...(configPath
        ? [{ kind: "shell" as const, nodeId, text: `sha256sum -- ${configPath}` }]
        : []),
      ...(healthAt ? [health(nodeId, healthAt)] : []),
    ],
    ...nothing,
  },
  "dump.trial": {
    timeoutMs: 15 * minutes,
    quietMs: 5 * minutes,
    commands: ({ nodeId, tool, route, database, scratch }) => {
      const client = restoreClient(tool, route.server, scratch);
      return [
        ...statements(
          route.via,
          `CREATE DATABASE ${scratch} CHARACTER SET ... COLLATE ...`,
          sql.createScratchMark(scratch),
        ),
        ...shell(nodeId, dumpStructure(tool, route.server, database)),
        line(
          nodeId,
          `${showCommand(dumpPart(tool, route.server, database, ["tables that are like others"], trialRows))} | ${showCommand(client)}`,
        ),
        ...statements(route.via, sql.dropScratch(scratch)),
      ];
    },
    changes: "Fills a scratch database beside the others; the database itself is only read.",
    undo: "The scratch database is dropped when it was compared, or when the run has ended.",
  },
  "metadb.verify": {
    timeoutMs: 2 * minutes,
    quietMs: 30 * seconds,
    commands: ({ route, users }) =>
      statements(
        route.via,
        "SELECT VERSION()",
        ...(users === "any" ? [] : [sql.sessions, sql.heartbeatTables]),
      ),
    ...nothing,
  },
  "node.survey": {
    timeoutMs: 2 * minutes,
    quietMs: 30 * seconds,
    commands: ({ nodeId, containerName, ...console }) => [
      ...shell(nodeId, dockerInspect(containerName), supervisorctl(containerName, "status")),
      health(nodeId, console),
    ],
    ...nothing,
  },
  "metadb.survey": {
    timeoutMs: 2 * minutes,
    quietMs: 30 * seconds,
    commands: ({ route, databases, rmDatabase }) =>
      statements(
        route.via,
        ...databases.map(sql.selectColumnsOf),
        ...(rmDatabase === null
          ? []
          : projectTables.map(([, table]) => sql.selectProjects(rmDatabase, table))),
      ),
    ...nothing,
  },
  "image.load": {
    timeoutMs: 1 * hours,
    quietMs: 10 * minutes,
    commands: ({ nodeId, archive }) => shell(nodeId, dockerLoad(archive)),
    changes: "Adds the new image to the host.",
    undo: "The image may stay; docker rmi removes it.",
  },
  "ha.disable": {
    timeoutMs: 1 * minutes,
    quietMs: 20 * seconds,
    commands: ({ route, database, way }) => haStatements(route.via, database, way),
    changes: 'Sets "enable" in ha.config to false; every other byte stays.',
    undo: "The value that was read before is written back.",
  },
  "container.stop": {
    timeoutMs: 5 * minutes,
    quietMs: 2 * minutes,
    commands: ({ nodeId, containerName, graceSeconds, restartPolicy }) => [
      ...policy(nodeId, containerName, restartPolicy, "no"),
      ...shell(nodeId, dockerStop(containerName, graceSeconds)),
    ],
    changes: "Stops the container; it stays on the host with all its data.",
    undo: "docker restart brings it back.",
  },
  "heartbeat.prune": {
    timeoutMs: 30 * minutes,
    quietMs: 2 * minutes,
    commands: ({ route, database }) =>
      statements(route.via, sql.maxHeartbeat(database), sql.pruneHeartbeats(database)),
    changes: "Deletes old heartbeats; the row with the highest id survives.",
    undo: "Not needed: the components write new heartbeats every second.",
  },
  "database.dump": {
    timeoutMs: 6 * hours,
    quietMs: 30 * minutes,
    commands: ({ nodeId, tool, route, database, directory, file, objectsFile, compression }) => {
      const { server } = route;
      const to = (dump: Command, name: string) =>
        line(nodeId, showDump(dump, compression, `${directory}/${name}`));
      return [
        to(dumpData(tool, server, database), file),
        ...(objectsFile
          ? [
              ...statements(route.via, ...sql.showObjects(database)),
              to(command("cat"), objectsFile),
            ]
          : []),
      ];
    },
    changes: "Writes a backup on the node; the database is only read.",
    undo: "The backup is kept.",
  },
  "dump.verify": {
    timeoutMs: 2 * hours,
    quietMs: 30 * minutes,
    commands: ({ nodeId, route, database, paths, compression, compare }) => [
      ...paths.flatMap((path) => [
        ...shell(nodeId, command("sha256sum", path)),
        line(nodeId, showRestore(command("tail", "-c", "512"), compression, path)),
      ]),
      ...(compare ? statements(route.via, sql.countRowsShown(database)) : []),
    ],
    ...nothing,
  },
  "database.rehearse": {
    timeoutMs: 12 * hours,
    quietMs: 1 * hours,
    commands: ({ nodeId, tool, route, database, scratch, paths, compression }) => [
      ...statements(
        route.via,
        `CREATE DATABASE ${scratch} CHARACTER SET ... COLLATE ...`,
        sql.createScratchMark(scratch),
      ),
      ...paths.map((path) =>
        line(nodeId, showRestore(restoreClient(tool, route.server, scratch), compression, path)),
      ),
      ...statements(
        route.via,
        `SELECT COUNT(*), SUM(hash of each row) FROM ${identifier(database)} and ${identifier(scratch)}, each table`,
        sql.dropScratch(scratch),
      ),
    ],
    changes: "Fills a scratch database beside the others; the database itself is only read.",
    undo: "The scratch database is dropped when it was compared, or when the run has ended.",
  },
  "rehearsal.end": {
    timeoutMs: 30 * minutes,
    quietMs: 5 * minutes,
    commands: ({ route, scratch }) => statements(route.via, sql.dropScratch(scratch)),
    changes: "Ends what an unfinished rehearsal began and drops its scratch database.",
    undo: "Nothing to undo.",
  },
  "container.start": {
    timeoutMs: 10 * minutes,
    quietMs: 2 * minutes,
    commands: ({ nodeId, container }) => shell(nodeId, dockerRun(container)),
    changes: "Creates and starts the new container; the old one stays, stopped.",
    undo: "The new container is stopped and kept under another name.",
  },
  "metadata.init": {
    timeoutMs: 2 * hours,
    quietMs: 10 * minutes,
    commands: ({ nodeId, containerName }) => shell(nodeId, dockerInit(containerName)),
    changes: "Changes the schema of the rm, cm and heartbeat databases.",
    undo: "The databases are dropped, re-created and restored from their backups.",
  },
  "services.start": {
    timeoutMs: 5 * minutes,
    quietMs: 2 * minutes,
    commands: ({ nodeId, containerName }) =>
      shell(nodeId, supervisorctl(containerName, "start", "oms_console")),
    changes: "Starts the console on a node where the initialisation did not run.",
    undo: "Goes with the container.",
  },
  "node.health": {
    timeoutMs: 15 * minutes,
    quietMs: 5 * minutes,
    commands: ({ nodeId, containerName, address, port, https, restartPolicy }) => [
      ...shell(nodeId, supervisorctl(containerName, "status")),
      health(nodeId, { address, port, https }),
      ...policy(nodeId, containerName, restartPolicy),
    ],
    ...nothing,
  },
  "ha.enable": {
    timeoutMs: 1 * minutes,
    quietMs: 20 * seconds,
    commands: ({ route, database, enable, way }) =>
      enable ? haStatements(route.via, database, way) : [],
    changes: 'Sets "enable" to true and refetchStoreIntervalMin to the outage plus the margin.',
    undo: "A rollback switches HA off first.",
  },
  "console.restart": {
    timeoutMs: 5 * minutes,
    quietMs: 2 * minutes,
    commands: ({ nodeId, containerName }) =>
      shell(nodeId, supervisorctl(containerName, "restart", "oms_console")),
    changes: "Restarts the console so that it reads the HA setting again.",
    undo: "Nothing to undo.",
  },
  "container.retire": {
    timeoutMs: 2 * minutes,
    quietMs: 30 * seconds,
    commands: ({ nodeId, containerName, newName }) =>
      shell(nodeId, dockerRename(containerName, newName)),
    changes: "Renames the stopped new container; its logs stay.",
    undo: "docker rename.",
  },
  "database.recreate": {
    timeoutMs: 30 * minutes,
    quietMs: 5 * minutes,
    commands: ({ route, database, backup, characterSet, collation, triggers = [] }) => [
      ...shell(backup.nodeId, ...backup.files.map((file) => looks.sha256(file.path))),
      ...statements(
        route.via,
        sql.createDatabaseIfMissing(database, characterSet, collation),
        sql.dropDatabase(database),
        sql.createDatabaseIfMissing(database, characterSet, collation),
        ...triggers.map((trigger) => sql.dropTrigger(database, trigger)),
      ),
    ],
    changes: "Drops the database and creates it empty with its original character set.",
    undo: "The proven backup brings its content back.",
  },
  "database.restore": {
    timeoutMs: 12 * hours,
    quietMs: 1 * hours,
    commands: ({ nodeId, tool, route, database, data, objects }) =>
      [data, ...(objects ? [objects] : [])].map(({ compression, path }) =>
        line(nodeId, showRestore(restoreClient(tool, route.server, database), compression, path)),
      ),
    changes: "Loads the backup into the empty database.",
    undo: "The backup stays; it can be loaded again.",
  },
  "database.compare": {
    timeoutMs: 2 * hours,
    quietMs: 30 * minutes,
    commands: ({ route, database }) => statements(route.via, sql.countRowsShown(database)),
    ...nothing,
  },
  "container.restart": {
    timeoutMs: 10 * minutes,
    quietMs: 2 * minutes,
    commands: ({ nodeId, containerName, restartPolicy }) => [
      ...shell(nodeId, dockerRestart(containerName)),
      ...policy(nodeId, containerName, restartPolicy),
    ],
    changes: "Starts the old container again.",
    undo: "docker stop.",
  },
  gate: { timeoutMs: 0, quietMs: 0, commands: () => [], ...nothing },
};

export interface StepDraft<K extends StepKind> {
  id: string;
  kind: K;
  phase: Phase;
  scope: StepScope;
  params: StepParams<K>;
  after: readonly StepId[];
  /** Which upgrade of a chain it belongs to, counted from 1. */
  hop?: number | null;
  timeoutMs?: number;
  quietMs?: number;
}

/** A step with the limits, commands and words of its kind. */
export function makeStep<K extends StepKind>(draft: StepDraft<K>): StepOfKind<K> {
  const rule = rules[draft.kind];
  const step = {
    id: draft.id as StepId,
    kind: draft.kind,
    phase: draft.phase,
    hop: draft.hop ?? null,
    scope: draft.scope,
    params: draft.params,
    after: [...draft.after],
    timeoutMs: draft.timeoutMs ?? rule.timeoutMs,
    quietMs: draft.quietMs ?? rule.quietMs,
    commands: rule.commands(draft.params),
    changes: rule.changes,
    undo: rule.undo,
  };
  // TypeScript cannot see that kind and params of a generic K belong together.
  return step as unknown as StepOfKind<K>;
}

/** `docker update` of a container that has a restart policy; nothing of one that has none. */
function policy(nodeId: NodeId, containerName: string, its: string, wanted = its) {
  return its === "no" ? [] : shell(nodeId, dockerRestartPolicy(containerName, wanted));
}
