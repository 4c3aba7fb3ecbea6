import { APIError, createAuthMiddleware } from "better-auth/api";
import { z } from "zod";
import { logger } from "#lib/log/log.ts";
import { audit } from "#lib/store/audit.ts";
import { db, transaction } from "#lib/store/client.ts";
import { clientAddress } from "./client-address.ts";
import { limits, takeSignIn } from "./rate-limit.ts";

const signInPath = "/sign-in/email";

const attempt = (body: unknown, headers: Headers | undefined) => {
  const email = (body as { email?: unknown } | undefined)?.email;
  return {
    email: typeof email === "string" ? email : "",
    address: clientAddress(headers ?? new Headers()),
  };
};

/** Refuses a sign-in that comes too soon, before any password is looked at. */
export const limitSignIn = createAuthMiddleware(async (ctx) => {
  if (ctx.path !== signInPath) return;
  const { email, address } = attempt(ctx.body, ctx.headers);
  const waitMs = takeSignIn(email, address);
  if (waitMs === 0) return;
  const seconds = Math.ceil(waitMs / 1000);
  throw new APIError(
    "TOO_MANY_REQUESTS",
    { code: "rate_limited", message: `Too many attempts. Try again in ${seconds} seconds.` },
    { "retry-after": String(seconds) },
  );
});

/** Keeps a refused sign-in in the audit, with the address that was typed. */
export const auditRefusal = createAuthMiddleware(async (ctx) => {
  if (ctx.path !== signInPath) return;
  const { email, address } = attempt(ctx.body, ctx.headers);
  const { returned } = ctx.context;
  if (!(returned instanceof APIError)) {
    limits().accountAtAddress.clear(`${email.trim().toLowerCase().slice(0, 320)} ${address}`);
    return;
  }
  // Those are not kept: whoever sends thousands would fill the audit.
  if (returned.statusCode === 429) return;
  // A password that was typed into the wrong field must not stand in the audit for ever.
  const name = z.email().safeParse(email.trim()).success
    ? email.trim().slice(0, 120)
    : "no e-mail address";
  const actor = { userId: "unknown", name, via: "session" } as const;
  await transaction((tx) =>
    audit(tx, actor, "session.refused", { type: "session", id: name }, { address }),
  );
});

interface SessionRow {
  userId: string;
  ipAddress?: string | null | undefined;
}

/** Keeps a sign-in in the audit. */
export const auditSignIn = (session: SessionRow): Promise<void> =>
  auditSession("session.start", session);

/** Keeps a sign-out, or the end of a session by its age. */
export const auditSignOut = (session: SessionRow): Promise<void> =>
  auditSession("session.end", session);

async function auditSession(action: "session.start" | "session.end", session: SessionRow) {
  const { userId } = session;
  const user = await db().user.findUnique({ where: { id: userId }, select: { name: true } });
  const actor = { userId, name: user?.name ?? "unknown", via: "session" } as const;
  const detail = { address: session.ipAddress || "unknown" };
  await transaction((tx) => audit(tx, actor, action, { type: "session", id: userId }, detail));
  logger("auth").info(action, { userId, ...detail });
}
