import { randomBytes } from "node:crypto";
import { z } from "zod";
import { newToken, tokenHash } from "#lib/auth/token.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { type Actor, roleMay } from "#lib/domain/roles.ts";
import { audit } from "#lib/store/audit.ts";
import { db, transaction } from "#lib/store/client.ts";
import { permit } from "./permit.ts";
import { notFound } from "./refusals.ts";
import { parseRequest } from "./request-invalid.ts";

export const TokenInput = z.object({
  name: z.string().trim().min(1, "Give a name.").max(80, "At most 80 characters."),
  /** Null: it does not expire. */
  expiresInDays: z.coerce.number().int().min(1).max(3650).nullable().default(90),
});

export interface TokenView {
  id: string;
  name: string;
  userId: string;
  /** The first characters, to recognise it by. */
  prefix: string;
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
  revokedAt: string | null;
}

const day = 24 * 3600 * 1000;
const shown = "upl_".length + 6;

/**
 * Makes a token that acts as the actor. The text is returned once and cannot be read again.
 * @throws RequestInvalid; UpliftError forbidden
 */
export async function createToken(
  actor: Actor,
  input: unknown,
): Promise<{ id: string; token: string }> {
  permit(actor, "token.manage");
  if (actor.via === "token") {
    // Otherwise a leaked token could outlive its revocation.
    throw new UpliftError("forbidden", "A token cannot make tokens.", {
      remedy: "Sign in to make one.",
    });
  }
  const { name, expiresInDays } = parseRequest(TokenInput, input);
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
}

/** One's own tokens; an administrator sees everybody's. @throws UpliftError forbidden */
export async function listTokens(actor: Actor): Promise<TokenView[]> {
  permit(actor, "token.manage");
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
}

/** Ends a token at once; its row stays. @throws UpliftError forbidden, not_found */
export async function revokeToken(actor: Actor, id: string): Promise<void> {
  permit(actor, "token.manage");
  await transaction(async (tx) => {
    const row = await tx.apiToken.findUnique({ where: { id } });
    const mine = row?.userId === actor.userId || roleMay(actor.role, "user.manage");
    // Somebody else's token is as good as none: nothing is told about it.
    if (!row || !mine) throw notFound("token", id);
    if (row.revokedAt) return;
    await tx.apiToken.update({ where: { id }, data: { revokedAt: new Date() } });
    await audit(tx, actor, "token.revoke", { type: "token", id }, { name: row.name });
  });
}
