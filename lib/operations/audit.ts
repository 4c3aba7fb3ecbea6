import { z } from "zod";
import { db } from "#lib/store/client.ts";
import { type AuditVerdict, verifyAudit } from "#lib/store/verify-audit.ts";
import { nothing, operation, typed } from "./operation.ts";

const AuditQuery = z.object({
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

const AuditView = z.object({
  seq: z.number(),
  at: z.iso.datetime(),
  actor: z.object({ id: z.string(), name: z.string(), via: z.string() }),
  action: z.string(),
  target: z.object({ type: z.string(), id: z.string() }),
  detail: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
export type AuditView = z.infer<typeof AuditView>;

/** The audit, newest first unless told otherwise. */
export const listAudit = operation({
  name: "audit.list",
  permission: "audit.read",
  input: AuditQuery.prefault({}),
  output: z.object({
    entries: z.array(AuditView),
    /** The last entry where others follow in this order: they are `before` or `after` it. */
    next: z.number().nullable(),
  }),
  async run(_actor, query) {
    const { order, before, after, limit, ...filter } = query;
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
  },
});

/** Recomputes the whole chain. */
export const checkAudit = operation({
  name: "audit.verify",
  permission: "audit.read",
  input: nothing,
  output: typed<AuditVerdict>(),
  run: verifyAudit,
});
