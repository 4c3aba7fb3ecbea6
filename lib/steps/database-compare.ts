import { UpliftError } from "#lib/domain/errors.ts";
import { databaseManifest, manifestDifferences } from "#lib/metadb/manifest.ts";
import { repeatable } from "./context.ts";

/** Compares a restored database with what it held when it was dumped. */
export const databaseCompare = repeatable("database.compare", async (context) => {
  const { route, database, manifest } = context.params;
  const seen = await context.sql(route, (session) =>
    databaseManifest(session, database, (done, total) =>
      context.progress(`${done} of ${total} tables compared`, done, total),
    ),
  );
  const differences = manifestDifferences(seen, manifest);
  if (differences.length > 0) {
    throw new UpliftError(
      "restore.differs",
      `${database} is not as it was dumped: ${differences.slice(0, 5).join("; ")}${differences.length > 5 ? `; and ${differences.length - 5} more` : ""}.`,
      {
        remedy:
          "Restore it again by hand from the backup, or ask for help: OMS has not been started.",
      },
    );
  }
  return { tables: seen.tables.length, rows: seen.tables.reduce((sum, { rows }) => sum + rows, 0) };
});
