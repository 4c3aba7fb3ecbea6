import { rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Names } from "#lab/player/fleet.ts";
import { play } from "#lab/player/play.ts";
import { type SceneName, scene } from "#lab/player/scenes.ts";
import { administrator } from "#lab/product/product.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { requireInventory } from "#lib/services/inventory-reading.ts";
import { closeStore } from "#lib/store/open.ts";
import { mergeLog } from "./merge-log.ts";
import { openFastStore } from "./people.ts";
import { type Row, rowsOf } from "./rows.ts";
import { Stencil } from "./stencil.ts";

/** What a deployment looks like. */
export interface Shape {
  nodes: number;
  names: Names;
}

/** The rows that one run leaves, in the order in which they are written. */
export const runTables = [
  "Run",
  "Plan",
  "Preflight",
  "RunEvent",
  "LogChunk",
  "Backup",
  "OperatorCommand",
  "AuditEntry",
] as const;
export type RunRows = Record<(typeof runTables)[number], Row[]>;

export interface PastRunStencil {
  stencil: Stencil;
  /** The plans' canonical texts by their hash: a copy has another text, and so another hash. */
  plans: { hash: string; body: Stencil }[];
  /** The deployment in it. */
  inventory: Inventory;
  runId: string;
  /** The user who started it. */
  starterId: string;
  /** ms since the epoch */
  startedAt: number;
  lastAt: number;
}

/** Words in a run that belong to its deployment or to its versions. */
export const versionWords = ["3.3.0", "3.3.1", "oms_330", "oms_331"] as const;
export const placeWords = ["cn-hangzhou", "cn-heilongjiang", "hz", "hlj"] as const;

/** What the player calls whoever starts and controls a run. */
export const starterWords = [administrator.name, "Operator"] as const;

/**
 * Plays scenes once through the product's own store, in a data directory of their own, and takes down
 * what the store has of each: every table in the form in which this version writes it.
 */
export async function playStencils(
  directory: string,
  wanted: readonly (Shape & { scene: SceneName })[],
): Promise<Map<string, PastRunStencil>> {
  const actor = await openFastStore(directory);
  const played: { key: string; runId: string; inventory: Inventory }[] = [];
  for (const { scene: name, ...shape } of wanted) {
    played.push({ key: keyOf(shape, name), ...(await playOne(actor, name, shape)) });
  }
  await closeStore();
  const database = new DatabaseSync(join(directory, "uplift.db"), { readOnly: true });
  const stencils = played.map(
    ({ key, runId, inventory }) => [key, takeDown(database, runId, inventory)] as const,
  );
  database.close();
  rmSync(directory, { recursive: true, force: true });
  return new Map(stencils);
}

export const keyOf = ({ nodes, names }: Shape, name: SceneName) => `${nodes} ${names} ${name}`;

async function playOne(actor: Actor, name: SceneName, shape: Shape) {
  const { recording, upTo } = await scene(name, shape);
  const { runId, deploymentId } = await play(actor, { recording, upTo });
  return { runId, inventory: await requireInventory(deploymentId) };
}

function takeDown(database: DatabaseSync, runId: string, inventory: Inventory): PastRunStencil {
  const ofRun = (table: string, order: string) =>
    rowsOf(database, `SELECT * FROM "${table}" WHERE runId = ? ORDER BY ${order}`, runId);
  const ofDeployment = (table: string) =>
    rowsOf(database, `SELECT * FROM "${table}" WHERE deploymentId = ?`, inventory.id);
  const Plan = ofDeployment("Plan");
  const RunEvent = ofRun("RunEvent", "seq");
  const targets = [runId, ...Plan.map(({ id }) => String(id))];
  const rows: RunRows = {
    Run: rowsOf(database, `SELECT * FROM "Run" WHERE id = ?`, runId),
    ...{ Plan, RunEvent },
    Preflight: ofDeployment("Preflight"),
    LogChunk: mergeLog(ofRun("LogChunk", "seq")),
    Backup: ofRun("Backup", "key"),
    OperatorCommand: ofRun("OperatorCommand", "createdAt"),
    AuditEntry: rowsOf(
      database,
      `SELECT * FROM "AuditEntry" WHERE targetId IN (${targets.map(() => "?")}) ORDER BY seq`,
      ...targets,
    ),
  };
  for (const row of rows.Run) row.lastLog = rows.LogChunk.length;
  const words = [inventory.name, ...versionWords, ...placeWords, ...starterWords];
  return {
    stencil: new Stencil(JSON.stringify(rows), words),
    plans: Plan.map(({ hash, body }) => ({
      hash: String(hash),
      body: new Stencil(String(body), words),
    })),
    ...{ inventory, runId, starterId: String(rows.Run[0]?.startedById) },
    startedAt: Date.parse(String(rows.Run[0]?.createdAt)),
    lastAt: Date.parse(String(RunEvent.at(-1)?.at)),
  };
}
