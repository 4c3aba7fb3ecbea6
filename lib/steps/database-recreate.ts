import { looks, parseBytes } from "#lib/commands/looks.ts";
import { sql } from "#lib/commands/sql.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { DatabaseFacts } from "#lib/domain/facts.ts";
import type { StepParams } from "#lib/domain/step.ts";
import { lookAtDatabase } from "#lib/metadb/look.ts";
import { lastLines } from "./answers.ts";
import type { StepContext, StepHandler } from "./context.ts";

/**
 * Drops a database and creates it empty with its original character set. Its proven backup was read
 * again by the steps before this one. Empty and right is done: it is never dropped a second time.
 */
export const databaseRecreate: StepHandler<"database.recreate"> = {
  kind: "database.recreate",
  repeatable: false,
  cancel: null,

  async probe(context) {
    const { route, database } = context.params;
    const facts = await context.sql(route, (session) => lookAtDatabase(session, database));
    return isEmptyAndRight(facts, context.params)
      ? { state: "done", output: { database } }
      : { state: "absent" };
  },

  async run(context) {
    const { route, database, characterSet, collation } = context.params;
    return context.sql(route, async (session) => {
      const before = await lookAtDatabase(session, database);
      if (!isEmptyAndRight(before, context.params)) {
        await requireBackup(context);
        await session.execute(sql.dropDatabase(database));
        await session.execute(sql.createDatabase(database, characterSet, collation));
      }
      const after = await lookAtDatabase(session, database);
      if (isEmptyAndRight(after, context.params)) return { database };
      throw new UpliftError(
        "restore.failed",
        `${database} could not be re-created as ${collation}: it is ${after.exists ? after.collation : "missing"} with ${after.tables} tables.`,
        { remedy: "Check who else uses the database, then retry." },
      );
    });
  },
};

/** Nothing is dropped whose dump is not there at this moment. @throws UpliftError dump.unproven */
async function requireBackup(context: StepContext<"database.recreate">): Promise<void> {
  const { database, backup } = context.params;
  const host = context.hostName(backup.nodeId);
  for (const file of backup.files) {
    const seen = await context.exec(backup.nodeId, looks.fileSize(file.path));
    if (seen.code === 0 && parseBytes(seen.stdout) === file.bytes) continue;
    throw new UpliftError(
      "dump.unproven",
      `${database} is not dropped: its dump ${file.path} on ${host} should have ${file.bytes} bytes; stat says ${lastLines(seen.stdout + seen.stderr, 1)}.`,
      { host, remedy: "Bring the file back, then retry. The database is as it was." },
    );
  }
}

function isEmptyAndRight(facts: DatabaseFacts, params: StepParams<"database.recreate">): boolean {
  return (
    facts.exists &&
    facts.tables + facts.views + facts.routines + facts.events === 0 &&
    facts.characterSet === params.characterSet &&
    facts.collation === params.collation
  );
}
