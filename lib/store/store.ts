import { PrismaCommandQueue } from "./commands.ts";
import { PrismaJournal } from "./journal.ts";
import { PrismaLeftovers } from "./leftovers.ts";
import { PrismaRunLog } from "./run-log.ts";
import { PrismaRunQueue } from "./run-queue.ts";
import type { CommandQueue, Journal, Leftovers, RunLog, RunQueue } from "./types.ts";

/** What the engine needs of the database. */
export interface Store {
  journal: Journal;
  log: RunLog;
  commands: CommandQueue;
  queue: RunQueue;
  leftovers: Leftovers;
}

/** The store over the open database; one per process is enough, as it remembers folded runs. */
export function prismaStore(): Store {
  const journal = new PrismaJournal();
  return {
    journal,
    log: new PrismaRunLog(),
    commands: new PrismaCommandQueue(journal),
    queue: new PrismaRunQueue(),
    leftovers: new PrismaLeftovers(),
  };
}
