import { type Actor, Role } from "#lib/domain/roles.ts";
import { db } from "#lib/store/client.ts";
import { auth } from "./auth.ts";
import { tokenHash } from "./token.ts";

/** The last use of a token is kept to the minute: a busy client need not write at every request. */
const lastUsedGrain = 60_000;

/**
 * Who sent a request: by `Authorization: Bearer upl_...`, otherwise by the session cookie.
 * Null: nobody we know. A bearer token that is not valid is never replaced by the cookie.
 */
export async function actorFromHeaders(headers: Headers): Promise<Actor | null> {
  const authorization = headers.get("authorization");
  // A proxy before us may have asked for a name and a password of its own, which says nothing here.
  if (authorization !== null && !/^Basic /i.test(authorization)) {
    const token = /^Bearer (upl_[A-Za-z0-9_-]{43})$/.exec(authorization)?.[1];
    return token === undefined ? null : actorOfToken(token);
  }
  if (!headers.get("cookie")) return null;
  const session = await auth().api.getSession({ headers });
  return session ? actorOfUser(session.user.id, "session") : null;
}

async function actorOfToken(token: string): Promise<Actor | null> {
  const row = await db().apiToken.findUnique({ where: { tokenHash: tokenHash(token) } });
  const now = new Date();
  if (!row || row.revokedAt || (row.expiresAt && row.expiresAt <= now)) return null;
  const actor = await actorOfUser(row.userId, "token");
  if (actor && now.getTime() - (row.lastUsedAt?.getTime() ?? 0) > lastUsedGrain) {
    await db().apiToken.update({ where: { id: row.id }, data: { lastUsedAt: now } });
  }
  return actor;
}

/** Read anew each time: a changed role or a disabled account takes effect at once. */
async function actorOfUser(userId: string, via: "session" | "token"): Promise<Actor | null> {
  const user = await db().user.findUnique({ where: { id: userId } });
  const role = Role.safeParse(user?.role);
  if (!user || user.banned || !role.success) return null;
  return { userId, name: user.name, role: role.data, via };
}
