import { randomBytes } from "node:crypto";
import { z } from "zod";
import { newToken, tokenHash } from "#lib/auth/token.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { roleMay } from "#lib/domain/roles.ts";
import { notFound } from "#lib/services/refusals.ts";
import { audit } from "#lib/store/audit.ts";
import { db, transaction } from "#lib/store/client.ts";
import { nothing, operation } from "./operation.ts";

const TokenView = z.object({
  id: z.string(),
  name: z.string(),
  userId: z.string(),
  /** The first characters, to recognise it by. */
  prefix: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type TokenView = z.infer<typeof TokenView>;

const day = 24 * 3600 * 1000;
const shown = "upl_".length + 6;

/** Makes a token that acts as the actor. The text is returned once and cannot be read again. */
export const createToken = operation({
  name: "tokens.create",
  permission: "token.manage",
  input: z.object({
    name: z.string().trim().min(1, "Give a name.").max(80, "At most 80 characters."),
    /** Null: it does not expire. */
    expiresInDays: z.coerce.number<number | string>().int().min(1).max(3650).nullable().default(90),
  }),
  output: z.object({ id: z.string(), token: z.string() }),
  async run(actor, { name, expiresInDays }) {
    if (actor.via === "token") {
      // Otherwise a leaked token could outlive its revocation.
      throw new UpliftError("forbidden", "A token cannot make tokens.", {
        remedy: "Sign in to make one.",
      });
    }
    const token = newToken("upl");
    const id = `tok_${randomBytes(12).toString("hex")}`;
    const createdAt = new Date();
    const expiresAt =
      expiresInDays === null ? null : new Date(createdAt.getTime() + expiresInDays * day);
    const { userId } = actor;
    await transaction(async (tx) => {
      const row = { id, name, userId, prefix: token.slice(0, shown), createdAt, expiresAt };
      await tx.apiToken.create({ data: { ...row, tokenHash: tokenHash(token) } });
      await audit(tx, actor, "token.create", { type: "token", id }, { name, userId, expiresAt });
    });
    return { id, token };
  },
});

/** One's own tokens; an administrator sees everybody's. */
export const listTokens = operation({
  name: "tokens.list",
  permission: "token.manage",
  input: nothing,
  output: z.array(TokenView),
  async run(actor) {
    const rows = await db().apiToken.findMany({
      where: roleMay(actor.role, "user.manage") ? {} : { userId: actor.userId },
      orderBy: { createdAt: "desc" },
    });
    const time = (date: Date | null) => date?.toISOString() ?? null;
    return rows.map(({ id, name, userId, prefix, createdAt, ...row }) => ({
      ...{ id, name, userId, prefix, createdAt: createdAt.toISOString() },
      lastUsedAt: time(row.lastUsedAt),
      expiresAt: time(row.expiresAt),
      revokedAt: time(row.revokedAt),
    }));
  },
});

/** Ends a token at once; its row stays. @throws UpliftError not_found */
export const revokeToken = operation({
  name: "tokens.revoke",
  permission: "token.manage",
  input: z.object({ id: z.string() }),
  output: z.void(),
  async run(actor, { id }) {
    await transaction(async (tx) => {
      const row = await tx.apiToken.findUnique({ where: { id } });
      const mine = row?.userId === actor.userId || roleMay(actor.role, "user.manage");
      // Somebody else's token is as good as none: nothing is told about it.
      if (!row || !mine) throw notFound("token", id);
      if (row.revokedAt) return;
      await tx.apiToken.update({ where: { id }, data: { revokedAt: new Date() } });
      await audit(tx, actor, "token.revoke", { type: "token", id }, { name: row.name });
    });
  },
});
