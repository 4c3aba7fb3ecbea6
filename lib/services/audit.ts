import { z } from "zod";
import type { Actor } from "#lib/domain/roles.ts";
import { db } from "#lib/store/client.ts";
import { type AuditVerdict, verifyAudit } from "#lib/store/verify-audit.ts";
import { permit } from "./permit.ts";
import { parseRequest } from "./request-invalid.ts";

export const AuditQuery = z.object({
  targetType: z.string().optional(),
  targetId: z.string().optional(),
  action: z.string().optional(),
  actorId: z.string().optional(),
  /** The newest first, or the oldest. */
  order: z.enum(["newest", "oldest"]).default("newest"),
  /** Entries older than this one, newer than that one; from `next` of the page before. */
  before: z.coerce.number().int().optional(),
  after: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export interface AuditView {
  seq: number;
  at: string;
  actor: { id: string; name: string; via: string };
  action: string;
  target: { type: string; id: string };
  detail: Record<string, unknown>;
  hash: string;
}

export interface AuditPage {
  entries: AuditView[];
  /** The last entry where others follow in this order: they are `before` or `after` it. */
  next: number | null;
}

/** The audit, newest first unless told otherwise. @throws RequestInvalid; UpliftError forbidden */
export async function listAudit(actor: Actor, query: unknown = {}): Promise<AuditPage> {
  permit(actor, "audit.read");
  const { order, before, after, limit, ...filter } = parseRequest(AuditQuery, query);
  const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value));
  const seq = {
    ...(before === undefined ? {} : { lt: before }),
    ...(after === undefined ? {} : { gt: after }),
  };
  const rows = await db().auditEntry.findMany({
    where: { ...given, seq },
    // The number is the key, and grows with every entry: no clock has to be trusted.
    orderBy: { seq: order === "newest" ? "desc" : "asc" },
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const entries = page.map(
    ({ seq, at, actorId, actorName, via, action, detail, hash, ...row }) => ({
      ...{ seq, at: at.toISOString(), action, hash },
      actor: { id: actorId, name: actorName, via },
      target: { type: row.targetType, id: row.targetId },
      detail: z.record(z.string(), z.unknown()).parse(JSON.parse(detail)),
    }),
  );
  return { entries, next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null };
}

/** Recomputes the whole chain. @throws UpliftError forbidden */
export async function checkAudit(actor: Actor): Promise<AuditVerdict> {
  permit(actor, "audit.read");
  return verifyAudit();
}
