import { z } from "zod";
import { hashPassword, insertAccount, PersonInput } from "#lib/auth/accounts.ts";
import { clientAddress } from "#lib/auth/client-address.ts";
import { limits } from "#lib/auth/rate-limit.ts";
import { newToken, sameHash, tokenHash } from "#lib/auth/token.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { conflict } from "#lib/services/refusals.ts";
import { parseRequest } from "#lib/services/request-invalid.ts";
import { audit } from "#lib/store/audit.ts";
import { db, transaction } from "#lib/store/client.ts";

const settingKey = "setup.token-hash";

/** Whether nobody has an account yet. */
export async function setupNeeded(): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) === null;
}

/**
 * A new one-time token with which the first administrator is made, for the server to print at start;
 * earlier ones are void. Null when there is somebody already.
 */
export async function ensureSetupToken(): Promise<string | null> {
  const token = newToken("setup");
  return transaction(async (tx) => {
    await tx.setting.deleteMany({ where: { key: settingKey } });
    if (await tx.user.findFirst({ select: { id: true } })) return null;
    await tx.setting.create({ data: { key: settingKey, value: tokenHash(token) } });
    return token;
  });
}

const SetupInput = PersonInput.extend({ token: z.string().trim().min(1, "Give the token.") });

/**
 * Makes the first administrator and uses the token up.
 *
 * @returns the user's id
 * @throws RequestInvalid; UpliftError rate_limited, forbidden (wrong token), conflict (done already)
 */
export async function createAdministrator(input: unknown, headers: Headers): Promise<string> {
  if (limits().setup.take(clientAddress(headers)) > 0) {
    throw new UpliftError("rate_limited", "Too many attempts.", {
      remedy: "Wait a minute, then try again.",
      retryable: true,
    });
  }
  const { token, password, ...person } = parseRequest(SetupInput, input);
  const stored = await db().setting.findUnique({ where: { key: settingKey } });
  if (!stored) throw alreadyDone();
  if (!sameHash(stored.value, tokenHash(token))) {
    throw new UpliftError("forbidden", "This is not the set-up token.", {
      remedy: "Copy it from the server's output; a restart prints a new one.",
    });
  }
  const passwordHash = await hashPassword(password);
  return transaction(async (tx) => {
    const used = await tx.setting.deleteMany({ where: { key: settingKey, value: stored.value } });
    if (used.count !== 1 || (await tx.user.findFirst({ select: { id: true } }))) {
      throw alreadyDone();
    }
    const role = "administrator";
    const userId = await insertAccount(tx, { ...person, role, passwordHash });
    const actor = { userId, name: person.name, via: "session" } as const;
    const detail = { email: person.email, role, address: clientAddress(headers) };
    await audit(tx, actor, "user.set-up", { type: "user", id: userId }, detail);
    return userId;
  });
}

function alreadyDone(): UpliftError {
  return conflict(
    "The first administrator exists already.",
    "Sign in, or ask an administrator for an account.",
  );
}
