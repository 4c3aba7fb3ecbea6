import { verifyPassword } from "better-auth/crypto";
import { z } from "zod";
import {
  hashPassword,
  insertAccount,
  Password,
  replacePassword,
  UserInput,
} from "#lib/auth/accounts.ts";
import { limits } from "#lib/auth/rate-limit.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { Role } from "#lib/domain/roles.ts";
import { conflict, notFound } from "#lib/services/refusals.ts";
import { RequestInvalid } from "#lib/services/request-invalid.ts";
import { audit } from "#lib/store/audit.ts";
import { db, type Tx, transaction } from "#lib/store/client.ts";
import { nothing, operation } from "./operation.ts";

const ofUser = z.object({ id: z.string() });

const UserView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  disabled: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type UserView = z.infer<typeof UserView>;

/** Everybody with an account. */
export const listUsers = operation({
  name: "users.list",
  permission: "user.manage",
  input: nothing,
  output: z.array(UserView),
  async run() {
    const rows = await db().user.findMany({ orderBy: { name: "asc" } });
    return rows.map(({ id, name, email, role, banned, createdAt }) => ({
      ...{ id, name, email, disabled: banned === true, createdAt: createdAt.toISOString() },
      role: Role.catch("viewer").parse(role),
    }));
  },
});

/** @returns the new user's id */
export const createUser = operation({
  name: "users.create",
  permission: "user.manage",
  input: UserInput,
  output: z.string(),
  async run(actor, { password, ...person }) {
    const passwordHash = await hashPassword(password);
    return transaction(async (tx) => {
      if (await tx.user.findUnique({ where: { email: person.email } })) {
        throw new RequestInvalid([{ path: "email", message: "This address has an account." }]);
      }
      const id = await insertAccount(tx, { ...person, passwordHash });
      await audit(tx, actor, "user.create", { type: "user", id }, person);
      return id;
    });
  },
});

/** @throws UpliftError not_found, conflict (the last administrator) */
export const setUserRole = operation({
  name: "users.set-role",
  permission: "user.manage",
  input: ofUser.extend({ role: Role }),
  output: z.void(),
  async run(actor, { id, role: to }) {
    await transaction(async (tx) => {
      const user = await findUser(tx, id);
      await tx.user.update({ where: { id }, data: { role: to } });
      await requireAdministrator(tx);
      await audit(tx, actor, "user.set-role", { type: "user", id }, { from: user.role, to });
    });
  },
});

/**
 * Disables an account, ending its sessions and its tokens' power, or enables it again.
 * @throws UpliftError not_found, conflict (the last administrator)
 */
export const setUserDisabled = operation({
  name: "users.set-disabled",
  permission: "user.manage",
  input: ofUser.extend({ disabled: z.boolean() }),
  output: z.void(),
  async run(actor, { id, disabled }) {
    await transaction(async (tx) => {
      await findUser(tx, id);
      await tx.user.update({ where: { id }, data: { banned: disabled } });
      if (disabled) await tx.session.deleteMany({ where: { userId: id } });
      await requireAdministrator(tx);
      await audit(tx, actor, disabled ? "user.disable" : "user.enable", { type: "user", id });
    });
  },
});

/** Sets somebody's password and ends their sessions. @throws UpliftError not_found */
export const setUserPassword = operation({
  name: "users.set-password",
  permission: "user.manage",
  input: ofUser.extend({ password: Password }),
  output: z.void(),
  async run(actor, { id, password }) {
    const hash = await hashPassword(password);
    await transaction(async (tx) => {
      await findUser(tx, id);
      await replacePassword(tx, id, hash);
      await audit(tx, actor, "user.set-password", { type: "user", id });
    });
  },
});

/**
 * Changes one's own password; every session ends, this one too.
 * @throws RequestInvalid (when the current password is wrong); UpliftError rate_limited
 */
export const changeOwnPassword = operation({
  name: "account.set-password",
  permission: "account.change",
  input: z.object({ current: z.string().max(1000), password: Password }),
  output: z.void(),
  async run(actor, { current, password }) {
    if (limits().ownPassword.take(actor.userId) > 0) {
      throw new UpliftError("rate_limited", "Too many attempts.", {
        remedy: "Wait a minute, then try again.",
        retryable: true,
      });
    }
    const account = await db().account.findFirst({
      where: { userId: actor.userId, providerId: "credential" },
    });
    const hash = account?.password;
    if (actor.via !== "session" || !hash || !(await verifyPassword({ hash, password: current }))) {
      throw new RequestInvalid([{ path: "current", message: "This is not your password." }]);
    }
    const next = await hashPassword(password);
    await transaction(async (tx) => {
      await replacePassword(tx, actor.userId, next);
      await audit(tx, actor, "user.change-password", { type: "user", id: actor.userId });
    });
  },
});

async function findUser(tx: Tx, id: string) {
  const user = await tx.user.findUnique({ where: { id } });
  if (!user) throw notFound("user", id);
  return user;
}

/** Without an administrator nobody could ever make one again. */
async function requireAdministrator(tx: Tx): Promise<void> {
  const left = await tx.user.count({
    where: { role: "administrator", OR: [{ banned: false }, { banned: null }] },
  });
  if (left > 0) return;
  throw conflict("This is the last administrator.", "Make somebody else an administrator first.");
}
