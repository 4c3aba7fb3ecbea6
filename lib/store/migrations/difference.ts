import { SqliteMigrationAdapter } from "../sqlite.ts";
import { noFilters, schemaEngine } from "./engine.ts";
import { migrationsList, schemaFiles, schemaFolder } from "./folder.ts";

/** The SQL that is missing between the migrations and the schema; empty when they say the same. */
export async function missingMigration(folder = schemaFolder("sqlite")): Promise<string> {
  const files = schemaFiles(folder);
  const engine = await schemaEngine(
    new SqliteMigrationAdapter(":memory:"),
    files.map(({ path, content }) => [path, content]),
  );
  try {
    const { stdout, exitCode } = await engine.diff({
      from: { tag: "migrations", ...migrationsList(folder) },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: noFilters,
    });
    return exitCode === 0 ? "" : (stdout ?? "");
  } finally {
    engine.free();
  }
}
