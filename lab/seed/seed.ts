import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { mock } from "node:test";
import { idsOf, pretendedCredential, register } from "#lab/player/play.ts";
import { requireInventory } from "#lib/services/inventory-reading.ts";
import { closeStore } from "#lib/store/open.ts";
import { fleetsOf, inventoryOf, type NamedFleet } from "./fleets.ts";
import { keyOf, playStencils } from "./past-runs.ts";
import { hire, openFastStore } from "./people.ts";
import { type PlannedRun, planHistory } from "./plan-history.ts";
import { Random } from "./random.ts";
import { type Starter, writeRuns } from "./write-runs.ts";

export interface SeedOptions {
  /** A data directory; made when it is not there. */
  directory: string;
  deployments: number;
  /** Of all deployments together, about. */
  runs: number;
  seed: number;
  /** The end of the history, ms since the epoch. */
  now: number;
  /** Hears what is done. */
  say?: (what: string) => void;
}

/** Before the first run of all, ms. */
const registeredBefore = 1_000 * 86_400_000;

/**
 * Fills a data directory with a bank's worth of deployments and years of runs. Every kind of run is
 * played once through the product's store, and its rows are copied under other names, at other times.
 *
 * @returns how many runs were written
 */
export async function seed({
  directory,
  seed,
  now,
  say = () => undefined,
  ...many
}: SeedOptions): Promise<number> {
  const random = new Random(seed);
  const fleets = fleetsOf(random, many.deployments);
  const planned = planHistory(random, fleets, many.runs, now);
  const scratch = mkdtempSync(join(tmpdir(), "uplift-stencils-"));
  const stencils = await playStencils(scratch, kindsOf(planned));
  say("played");
  const { ids, starters } = await registerAll(directory, fleets, now);
  say("registered");
  const database = new DatabaseSync(join(directory, "uplift.db"));
  database.exec("PRAGMA synchronous=OFF; PRAGMA cache_size=-200000");
  writeRuns(database, { random, stencils, planned, starters, ids, now });
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  return planned.length;
}

/** Each kind of run once. */
function kindsOf(planned: readonly PlannedRun[]) {
  const kinds = planned.map(({ fleet: { shape }, scene }) => ({ ...shape, scene }));
  return [...new Map(kinds.map((kind) => [keyOf(kind, kind.scene), kind])).values()];
}

async function registerAll(
  directory: string,
  fleets: readonly NamedFleet[],
  now: number,
): Promise<{ ids: Map<string, string[]>; starters: Starter[] }> {
  mock.timers.enable({ apis: ["Date"], now: now - registeredBefore });
  try {
    const actor = await openFastStore(directory);
    const starters = await hire(actor);
    const credentialId = await pretendedCredential(actor);
    const ids = new Map<string, string[]>();
    for (const fleet of fleets) {
      mock.timers.tick(60_000);
      const inventory = inventoryOf(fleet);
      const id = await register(actor, inventory, credentialId);
      ids.set(fleet.name, idsOf(await requireInventory(id)));
    }
    return { ids, starters };
  } finally {
    await closeStore();
    mock.timers.reset();
  }
}
