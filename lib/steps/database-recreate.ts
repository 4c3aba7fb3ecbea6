import { looks } from "#lib/commands/looks.ts";
import { sql } from "#lib/commands/sql.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { DatabaseFacts } from "#lib/domain/facts.ts";
import type { StepParams } from "#lib/domain/step.ts";
import { lookAtDatabase } from "#lib/metadb/look.ts";
import { wayOutOfRecycleBin } from "#lib/metadb/recycle-bin.ts";
import type { SqlSession } from "#lib/metadb/types.ts";
import { lastLines } from "./answers.ts";
import type { StepContext, StepHandler } from "./context.ts";
import { requireGone } from "./left-out-nodes.ts";
import { requireNobodyElse } from "./nobody-else.ts";

/**
 * Drops a database and creates it empty with its original character set. Its proven backup was read
 * again by the steps before this one. An empty one is never dropped again.
 */
export const databaseRecreate: StepHandler<"database.recreate"> = {
  kind: "database.recreate",
  repeatable: false,
  cancel: null,

  // A look alone cannot tell: the server may still be at work on a DROP whose connection is lost, and
  // its database looks empty just before it is gone. `run` waits for that DROP before it looks.
  probe: async () => ({ state: "absent" }),

  async run(context) {
    const { route, database, characterSet, collation } = context.params;
    const wanted = [database, characterSet, collation] as const;
    return context.sql(route, async (session) => {
      await requireGone(context, session, route);
      await requireNobodyElse(context, session, route);
      // The server does this when every statement that it got before for this database has ended.
      await session.execute(sql.createDatabaseIfMissing(...wanted));
      const before = await lookAtDatabase(session, database);
      let wayBack: string | null = null;
      if (!isEmpty(before)) {
        await requireBackup(context);
        await drop(session, database);
        wayBack = await wayOutOfRecycleBin(session, database);
        if (wayBack) {
          context.note(
            `The server keeps what was dropped, with its space, in its recycle bin: ${wayBack}`,
          );
        }
        await session.execute(sql.createDatabaseIfMissing(...wanted));
      }
      const left = await lookAtDatabase(session, database);
      if (isEmpty(left)) await clearAway(session, context.params, left);
      const after = await lookAtDatabase(session, database);
      if (isEmpty(after) && isRight(after, context.params)) return { database, wayBack };
      throw new UpliftError(
        "restore.failed",
        `${database} could not be re-created as ${collation}: it is ${after.exists ? after.collation : "missing"} with ${after.tables} tables.`,
        { remedy: "Check who else uses the database, then retry." },
      );
    });
  },
};

/** Where files are left that no statement knows, the server drops all but the directory: the database stays, empty. */
async function drop(session: SqlSession, database: string): Promise<void> {
  try {
    await session.execute(sql.dropDatabase(database));
  } catch (error) {
    if (!answered(error, "ER_DB_DROP_RMDIR")) throw error;
  }
}

/** What a DROP leaves that was killed behind the last table: the old character set, names of triggers. */
async function clearAway(
  session: SqlSession,
  params: StepParams<"database.recreate">,
  left: DatabaseFacts,
): Promise<void> {
  const { database, characterSet, collation } = params;
  if (!isRight(left, params)) {
    await session.execute(sql.alterDatabase(database, characterSet, collation));
  }
  await dropOrphans(session, params);
}

/**
 * MySQL up to 5.7 and MariaDB keep the name of a trigger in a file of its own. A DROP DATABASE that is killed, or an
 * earlier one that was, leaves some behind: nothing lists them, DROP DATABASE passes them over, and the restore would
 * be told that the trigger exists. MariaDB forgets them with this statement, also where it then says that the
 * trigger's table is missing.
 */
async function dropOrphans(
  session: SqlSession,
  { database, triggers = [] }: StepParams<"database.recreate">,
): Promise<void> {
  for (const trigger of triggers) {
    try {
      await session.execute(sql.dropTrigger(database, trigger));
    } catch (error) {
      if (!answered(error, "ER_NO_SUCH_TABLE")) throw error;
    }
  }
}

/** Whether the server answered a statement with this error. */
function answered(error: unknown, code: string): boolean {
  const { cause } = error as { cause?: { code?: unknown } };
  return error instanceof UpliftError && cause?.code === code;
}

/** Nothing is dropped whose dump is not there at this moment. @throws UpliftError dump.unproven */
async function requireBackup(context: StepContext<"database.recreate">): Promise<void> {
  const { database, backup } = context.params;
  const host = context.hostName(backup.nodeId);
  for (const file of backup.files) {
    const timeoutMs = context.step.timeoutMs;
    const seen = await context.exec(backup.nodeId, looks.sha256(file.path), { timeoutMs });
    if (seen.code === 0 && seen.stdout.startsWith(file.sha256)) continue;
    throw new UpliftError(
      "dump.unproven",
      `${database} is not dropped: its dump ${file.path} on ${host} should have the SHA-256 ${file.sha256}; sha256sum says ${lastLines(seen.stdout + seen.stderr, 1)}.`,
      { host, remedy: "Bring the file back, then retry. The database is as it was." },
    );
  }
}

function isEmpty({ exists, tables, views, routines, events }: DatabaseFacts): boolean {
  return exists && tables + views + routines + events === 0;
}

function isRight(facts: DatabaseFacts, params: StepParams<"database.recreate">): boolean {
  return facts.characterSet === params.characterSet && facts.collation === params.collation;
}
