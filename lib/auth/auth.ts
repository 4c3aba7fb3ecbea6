import { type BetterAuthOptions, betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError } from "better-auth/api";
import { admin } from "better-auth/plugins/admin";
import { adminAc, userAc } from "better-auth/plugins/admin/access";
import { config } from "#lib/config/config.ts";
import { perProcess } from "#lib/config/per-process.ts";
import type { Role } from "#lib/domain/roles.ts";
import { logger } from "#lib/log/log.ts";
import { db, masterKey } from "#lib/store/client.ts";
import { derivedKey } from "#lib/store/master-key.ts";
import { passwordLength } from "./accounts.ts";
import { clientAddressHeader } from "./client-address.ts";
import { isOwnOrigin } from "./origin.ts";
import { auditRefusal, auditSignIn, auditSignOut, limitSignIn } from "./sign-in-hooks.ts";

/** Hours after which a person signs in again. */
const sessionHours = 12;

function createAuth() {
  const { origin } = config();
  const log = logger("auth");
  const options = {
    appName: "Uplift",
    baseURL: origin,
    basePath: "/api/auth",
    secret: derivedKey(masterKey().key, "sessions").export().toString("base64"),
    database: prismaAdapter(db(), { provider: "sqlite" }),
    trustedOrigins: (request) => {
      const from = request?.headers.get("origin");
      return from && isOwnOrigin(from, request?.headers.get("host")) ? [from] : [];
    },
    emailAndPassword: {
      enabled: true,
      // Administrators make accounts; the first one is made with the set-up token.
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    session: { expiresIn: sessionHours * 3600, disableSessionRefresh: true },
    // Ours counts sign-ins through server actions too, and per account (sign-in-hooks.ts).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: "error", log: (level, message) => log[level](message) },
    // Refusals are answers; only what nobody expected is logged.
    onAPIError: {
      onError: (error) => {
        if (!(error instanceof APIError)) log.error("a request failed", { error });
      },
    },
    hooks: { before: limitSignIn, after: auditRefusal },
    databaseHooks: { session: { create: { after: auditSignIn }, delete: { after: auditSignOut } } },
    advanced: {
      cookiePrefix: "uplift",
      useSecureCookies: origin.startsWith("https:"),
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true, path: "/" },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    plugins: [
      // Its endpoints are not reachable (handler.ts): lib/operations/users.ts writes the audit too.
      admin({
        defaultRole: "viewer" satisfies Role,
        adminRoles: ["administrator" satisfies Role],
        roles: { viewer: userAc, operator: userAc, approver: userAc, administrator: adminAc },
        bannedUserMessage: "This account is disabled. Ask an administrator.",
      }),
    ],
  } satisfies BetterAuthOptions;
  return betterAuth(options);
}

type Auth = ReturnType<typeof createAuth>;

/** By the store's client: an instance belongs to the store that was open when it was made. */
const instances = perProcess("auth", () => new WeakMap<object, Auth>());

/** better-auth over the open store. */
export function auth(): Auth {
  const client = db();
  const made = instances.get(client) ?? createAuth();
  instances.set(client, made);
  return made;
}
