import { UpliftError } from "#lib/domain/errors.ts";
import { lookAtDatabase } from "#lib/metadb/look.ts";
import { lookAtRights } from "#lib/metadb/rights.ts";
import { repeatable } from "./context.ts";
import { requireNobodyElse } from "./nobody-else.ts";

/** Is the MySQL server there, are all databases, and may its user still do what dump and restore need? */
export const metadbVerify = repeatable("metadb.verify", async (context) => {
  const { route, databases, users } = context.params;
  const where = `${route.server.host}:${route.server.port}`;
  return context.sql(route, async (session) => {
    const seen = [];
    for (const name of databases) {
      const facts = await lookAtDatabase(session, name);
      seen.push(facts);
      if (facts.exists) continue;
      throw new UpliftError(
        "metadb.database_missing",
        `There is no database ${name} on ${where}.`,
        { remedy: "Check the database's name in the deployment and make a new plan." },
      );
    }
    const { missing } = await lookAtRights(session, seen);
    if (missing.length > 0) {
      throw new UpliftError(
        "metadb.rights_missing",
        `${route.server.user} on ${where} lacks rights that dump and restore need: ${missing.join(", ")}.`,
        { remedy: "Grant them to the MetaDB user again, then retry." },
      );
    }
    if (users !== "any") {
      await requireNobodyElse(context, session, route, users === "nobody");
    }
    return { version: session.server.version };
  });
});
