import type { DatabaseSync } from "node:sqlite";
import { type AuditRow, auditCounter, auditHash, genesisHash } from "#lib/store/audit.ts";
import { type Row, type RowWriter, rowsOf } from "./rows.ts";

/** Chains the entries of all runs behind those that there are, in the order of their times. */
export function writeAudit(database: DatabaseSync, writer: RowWriter, entries: Row[]): void {
  const [last] = rowsOf(database, `SELECT seq, hash FROM "AuditEntry" ORDER BY seq DESC LIMIT 1`);
  let seq = Number(last?.seq ?? 0);
  let prevHash = String(last?.hash ?? genesisHash);
  for (const entry of entries.sort((a, b) => (String(a.at) < String(b.at) ? -1 : 1))) {
    seq += 1;
    const row = { ...entry, seq, prevHash };
    const { hash: _, ...hashed } = { ...row, at: new Date(String(entry.at)), hash: "" };
    const hash = auditHash(hashed as unknown as AuditRow);
    writer.insert("AuditEntry", { ...row, hash });
    prevHash = hash;
  }
  database.prepare(`UPDATE "Counter" SET value = ? WHERE name = ?`).run(seq, auditCounter);
}
