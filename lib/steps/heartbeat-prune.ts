import { pruneBatch, sql } from "#lib/commands/sql.ts";
import { repeatable } from "./context.ts";

/**
 * Deletes the rows below the highest id; that one survives. Read first, then delete: MySQL refuses
 * a subquery on the table being deleted from. OMS is stopped, so running it again changes nothing.
 */
export const heartbeatPrune = repeatable("heartbeat.prune", async (context) => {
  const { route, database } = context.params;
  return context.sql(route, async (session) => {
    const [row] = await session.query(sql.maxHeartbeat(database));
    const total = Number(row?.total ?? 0);
    const highest = row?.id ?? null;
    if (highest === null) {
      context.note(`${database}.heatbeat_sequence is empty.`);
      return { deleted: 0, highestId: null };
    }
    let deleted = 0;
    for (;;) {
      const count = await session.execute(sql.pruneHeartbeats(database), [highest]);
      deleted += count;
      if (count < pruneBatch) break;
      await context.progress(`${deleted} of ${total} old heartbeats deleted`, deleted, total);
    }
    context.note(`Deleted ${deleted} heartbeats below id ${highest}; the newest stays.`);
    return { deleted, highestId: String(highest) };
  });
});
