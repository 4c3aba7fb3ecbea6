import { AsyncLocalStorage } from "node:async_hooks";
import { perProcess } from "#lib/config/per-process.ts";
import type { Prisma, PrismaClient } from "./generated/sqlite/client.ts";
import type { MasterKey } from "./master-key.ts";

export type { PrismaClient } from "./generated/sqlite/client.ts";

/** The part of the client that works inside a transaction. */
export type Tx = Prisma.TransactionClient;

/**
 * The open store of this process. Next's bundles and server.ts do not share modules, and a second
 * client writing beside the first fails with a time-out, so this one handle stands on globalThis.
 */
export interface StoreHandle {
  client: PrismaClient;
  dataDir: string;
  masterKey: MasterKey;
  /** Interactive transactions one at a time: SQLite has one writer. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  insideTransaction: AsyncLocalStorage<true>;
}

const held = perProcess("store", () => ({ handle: undefined as StoreHandle | undefined }));

export function storeHandle(): StoreHandle | undefined {
  return held.handle;
}

export function setStoreHandle(handle: StoreHandle | undefined): void {
  held.handle = handle;
}

export const newTransactionScope = (): AsyncLocalStorage<true> => new AsyncLocalStorage();

function opened(): StoreHandle {
  const handle = storeHandle();
  if (!handle)
    throw new Error("the store is not open: server.ts calls openStore() before all else");
  // Its one connection is busy with that transaction: waiting for it would never end.
  if (handle.insideTransaction.getStore()) {
    throw new Error("inside a transaction only its own handle may be used");
  }
  return handle;
}

/** The database, for reading. @throws Error when the store is not open, or inside a transaction */
export function db(): PrismaClient {
  return opened().client;
}

/** The key that secrets and sessions are protected with. */
export function masterKey(): MasterKey {
  const handle = storeHandle();
  if (!handle) throw new Error("the store is not open");
  return handle.masterKey;
}

/**
 * Runs `work` in one transaction: all of it is committed, or nothing when it throws.
 * Keep it short and free of anything but SQL: nobody else writes meanwhile.
 */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const { client, exclusively, insideTransaction } = opened();
  return exclusively(() =>
    client.$transaction((tx) => insideTransaction.run(true, () => work(tx)), {
      // Milliseconds. Waiting is done in `exclusively`; what is left is another process's write.
      maxWait: 20_000,
      timeout: 30_000,
    }),
  );
}

/** Whether the database refused a row because its key is taken, as Prisma says it. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "P2002";
}
