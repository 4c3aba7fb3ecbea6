import { createHash } from "node:crypto";
import { canonicalJson } from "#lib/domain/canonical-json.ts";
import type { Actor } from "#lib/domain/roles.ts";
import type { Tx } from "./client.ts";

export interface AuditTarget {
  type:
    | "deployment"
    | "credential"
    | "host"
    | "plan"
    | "preflight"
    | "run"
    | "user"
    | "token"
    | "session"
    | "settings";
  id: string;
}

/** A row of the audit before it is hashed; `detail` is the JSON text. */
export interface AuditRow {
  seq: number;
  at: Date;
  actorId: string;
  actorName: string;
  via: string;
  action: string;
  targetType: string;
  targetId: string;
  detail: string;
  prevHash: string;
}

/** What stands before the first row. */
export const genesisHash = "0".repeat(64);
export const auditCounter = "audit";

/** SHA-256 (hex) of the row with the hash of the row before it. */
export function auditHash(row: AuditRow): string {
  const { prevHash, at, ...rest } = row;
  const text = prevHash + canonicalJson({ ...rest, at: at.toISOString() });
  return createHash("sha256").update(text).digest("hex");
}

/**
 * Appends to the audit in the transaction of the change itself: neither exists without the other.
 * `detail` must hold no secret; `Secret` values in it become the mask.
 */
export async function audit(
  tx: Tx,
  actor: Pick<Actor, "userId" | "name" | "via">,
  action: `${string}.${string}`,
  target: AuditTarget,
  detail: Record<string, unknown> = {},
): Promise<void> {
  // Counting up locks the counter's row until this transaction ends, on every database: two
  // writers cannot both chain to the same row.
  const { value: seq } = await tx.counter.upsert({
    where: { name: auditCounter },
    create: { name: auditCounter, value: 1 },
    update: { value: { increment: 1 } },
  });
  const last =
    seq === 1
      ? null
      : await tx.auditEntry.findUnique({ where: { seq: seq - 1 }, select: { hash: true } });
  if (seq > 1 && !last) throw new Error(`the audit is damaged: entry ${seq - 1} is missing`);
  const row: AuditRow = {
    seq,
    at: new Date(),
    actorId: actor.userId,
    actorName: actor.name,
    via: actor.via,
    action,
    targetType: target.type,
    targetId: target.id,
    detail: canonicalJson(detail),
    prevHash: last?.hash ?? genesisHash,
  };
  await tx.auditEntry.create({ data: { ...row, hash: auditHash(row) } });
}
