import { UpliftError } from "#lib/domain/errors.ts";
import { lookAtDatabase } from "#lib/metadb/look.ts";
import { repeatable } from "./context.ts";

/** Is the MySQL server there, and are all databases? */
export const metadbVerify = repeatable("metadb.verify", async (context) => {
  const { route, databases } = context.params;
  return context.sql(route, async (session) => {
    const [row] = await session.query("SELECT VERSION() AS version");
    for (const name of databases) {
      if ((await lookAtDatabase(session, name)).exists) continue;
      throw new UpliftError(
        "metadb.database_missing",
        `There is no database ${name} on ${route.server.host}:${route.server.port}.`,
        { remedy: "Check the database's name in the deployment and make a new plan." },
      );
    }
    return { version: String(row?.version ?? "") };
  });
});
