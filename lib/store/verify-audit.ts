import type { Text } from "#lib/domain/message.ts";
import { type AuditRow, auditCounter, auditHash, genesisHash } from "./audit.ts";
import { db } from "./client.ts";

export type AuditVerdict =
  | { intact: true; entries: number; lastHash: string }
  /** `seq` is the first entry that does not fit. */
  | { intact: false; seq: number; why: Text };

const pageSize = 1000;

/**
 * Reads the whole audit and recomputes the chain. Finds changed, removed and inserted rows and a
 * cut-off end. Someone who can write to the database can also write a new chain: keep `lastHash`
 * elsewhere to find that too.
 */
export async function verifyAudit(): Promise<AuditVerdict> {
  const counted = await db().counter.findUnique({ where: { name: auditCounter } });
  let prevHash = genesisHash;
  let seq = 0;
  for (;;) {
    const rows = await db().auditEntry.findMany({
      where: { seq: { gt: seq } },
      orderBy: { seq: "asc" },
      take: pageSize,
    });
    for (const { hash, ...row } of rows) {
      const why = flaw(row, hash, seq + 1, prevHash);
      if (why) return { intact: false, seq: seq + 1, why };
      seq = row.seq;
      prevHash = hash;
    }
    if (rows.length < pageSize) break;
  }
  // Entries may have been added since the counter was read, but none may be missing.
  if (seq < (counted?.value ?? 0)) {
    return { intact: false, seq: seq + 1, why: "entries are missing at the end" };
  }
  return { intact: true, entries: seq, lastHash: prevHash };
}

function flaw(row: AuditRow, hash: string, expected: number, prevHash: string): string | null {
  if (row.seq !== expected) return "an entry is missing";
  if (row.prevHash !== prevHash) return "it does not follow the entry before it";
  if (auditHash(row) !== hash) return "its content was changed";
  return null;
}
