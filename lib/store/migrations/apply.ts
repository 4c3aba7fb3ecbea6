import { SqliteMigrationAdapter } from "../sqlite.ts";
import { noFilters, type SchemaEngine, schemaEngine } from "./engine.ts";
import { type MigrationsList, migrationsList, schemaFolder } from "./folder.ts";

/**
 * Brings the database file to the current schema; does nothing when it is. Safe at every start:
 * all pending migrations are applied, or none.
 *
 * @returns the names of the migrations applied now
 * @throws Error when a migration fails or the database is newer than this program
 */
export async function applyMigrations(file: string, folder = schemaFolder("sqlite")) {
  const adapter = new SqliteMigrationAdapter(file);
  try {
    const engine = await schemaEngine(adapter, undefined);
    try {
      const list = migrationsList(folder);
      if (await adapter.wasMigrated()) await refuseNewerDatabase(engine, list);
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: list,
        filters: noFilters,
      });
      await adapter.commit();
      return appliedMigrationNames;
    } finally {
      engine.free();
    }
  } catch (error) {
    await adapter.rollback();
    throw error;
  }
}

async function refuseNewerDatabase(engine: SchemaEngine, list: MigrationsList): Promise<void> {
  const { history } = await engine.diagnoseMigrationHistory({
    migrationsList: list,
    optInToShadowDatabase: false,
    filters: noFilters,
  });
  if (history && history.diagnostic !== "databaseIsBehind") {
    throw new Error(
      "The database was made by a newer version of Uplift. Start that version, or restore a copy of the data directory.",
    );
  }
}
