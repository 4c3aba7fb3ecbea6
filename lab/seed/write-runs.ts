import type { DatabaseSync } from "node:sqlite";
import { idsOf } from "#lab/player/play.ts";
import { copyRun } from "./copy-run.ts";
import { wordsOf } from "./fleets.ts";
import { paceOf } from "./pace.ts";
import { keyOf, type PastRunStencil, runTables, starterWords } from "./past-runs.ts";
import type { PlannedRun } from "./plan-history.ts";
import type { Random } from "./random.ts";
import { type Row, RowWriter } from "./rows.ts";
import { writeAudit } from "./write-audit.ts";
import { writeLooks } from "./write-looks.ts";

/** Somebody who starts runs. */
export interface Starter {
  id: string;
  name: string;
}

interface Wanted {
  random: Random;
  stencils: ReadonlyMap<string, PastRunStencil>;
  /** In the order in which they began. */
  planned: readonly PlannedRun[];
  starters: readonly Starter[];
  /** The ids of each deployment in the order of `idsOf`, by its name. */
  ids: ReadonlyMap<string, readonly string[]>;
  now: number;
}

/** Runs in one transaction: the statements' cost counts, not the commits'. */
const batch = 250;

/** Writes the rows of all runs, then what they have made of their deployments, then the audit. */
export function writeRuns(database: DatabaseSync, wanted: Wanted): void {
  const writer = new RowWriter(database);
  const audit: Row[] = [];
  database.exec("PRAGMA foreign_keys=OFF");
  database.exec("BEGIN");
  for (const [index, run] of wanted.planned.entries()) {
    const rows = rowsOfRun(run, wanted);
    for (const table of runTables) {
      if (table === "AuditEntry") audit.push(...rows.AuditEntry);
      else for (const row of rows[table]) writer.insert(table, row);
    }
    if (index % batch === batch - 1) database.exec("COMMIT; BEGIN");
  }
  noteVersions(database, wanted);
  writeLooks(database, writer, wanted);
  writeAudit(database, writer, audit);
  database.exec("COMMIT");
}

function rowsOfRun(run: PlannedRun, { random, stencils, starters, ids, now }: Wanted) {
  const { fleet, scene, from, to, startedAt } = run;
  const past = stencils.get(keyOf(fleet.shape, scene));
  if (!past) throw new RangeError(`no stencil for ${scene} of ${fleet.name}`);
  const starter = random.pick(starters);
  const own = ids.get(fleet.name) ?? [];
  const container = (version: string) => `oms_${version.replaceAll(".", "")}`;
  const names = new Map<string, string>([
    ...idsOf(past.inventory).map((id, index): [string, string] => [id, own[index] ?? id]),
    ...wordsOf(fleet),
    ...starterWords.map((word): [string, string] => [word, starter.name]),
    [past.starterId, starter.id],
    [past.inventory.name, fleet.name],
    ...([
      ["3.3.0", from],
      ["3.3.1", to],
      ["oms_330", container(from)],
      ["oms_331", container(to)],
    ] as const),
  ]);
  const slowness = random.between(0.7, 1.5);
  const span = { from: past.startedAt, to: past.lastAt };
  // What is on now has just said something.
  const moment =
    startedAt === null
      ? (ms: number) => ms + (now - 2_000 - past.lastAt)
      : paceOf(random, span, startedAt, slowness);
  return copyRun(random, past, { names, moment, duration: (ms) => ms * slowness });
}

/** What is deployed after all that, as the store notes it when a run ends. */
function noteVersions(database: DatabaseSync, { planned, ids }: Wanted): void {
  const after = new Map<string, { version: string; ended: number }>();
  for (const { fleet, scene, from, to } of planned) {
    const [id = ""] = ids.get(fleet.name) ?? [];
    const ended =
      (after.get(id)?.ended ?? 0) + Number(scene === "succeeded" || scene === "rolled-back");
    after.set(id, { version: scene === "succeeded" ? to : from, ended });
  }
  const deployment = database.prepare(
    `UPDATE "Deployment" SET version = ?, revision = revision + ? WHERE id = ?`,
  );
  const nodes = database.prepare(
    `UPDATE "Node" SET containerName = ? WHERE regionId IN (SELECT id FROM "Region" WHERE deploymentId = ?)`,
  );
  for (const [id, { version, ended }] of after) {
    deployment.run(version, ended, id);
    nodes.run(`oms_${version.replaceAll(".", "")}`, id);
  }
}
