import { verifyPassword } from "better-auth/crypto";
import { z } from "zod";
import {
  hashPassword,
  insertAccount,
  Password,
  replacePassword,
  UserInput,
} from "#lib/auth/accounts.ts";
import { type Actor, Role } from "#lib/domain/roles.ts";
import { audit } from "#lib/store/audit.ts";
import { db, type Tx, transaction } from "#lib/store/client.ts";
import { permit } from "./permit.ts";
import { conflict, notFound } from "./refusals.ts";
import { parseRequest, RequestInvalid } from "./request-invalid.ts";

export interface UserView {
  id: string;
  name: string;
  email: string;
  role: Role;
  disabled: boolean;
  createdAt: string;
}

/** Everybody with an account. @throws UpliftError forbidden */
export async function listUsers(actor: Actor): Promise<UserView[]> {
  permit(actor, "user.manage");
  const rows = await db().user.findMany({ orderBy: { name: "asc" } });
  return rows.map(({ id, name, email, role, banned, createdAt }) => ({
    ...{ id, name, email, disabled: banned === true, createdAt: createdAt.toISOString() },
    role: Role.catch("viewer").parse(role),
  }));
}

/** @returns the new user's id. @throws RequestInvalid; UpliftError forbidden */
export async function createUser(actor: Actor, input: unknown): Promise<string> {
  permit(actor, "user.manage");
  const { password, ...person } = parseRequest(UserInput, input);
  const passwordHash = await hashPassword(password);
  return transaction(async (tx) => {
    if (await tx.user.findUnique({ where: { email: person.email } })) {
      throw new RequestInvalid([{ path: "email", message: "This address has an account." }]);
    }
    const id = await insertAccount(tx, { ...person, passwordHash });
    await audit(tx, actor, "user.create", { type: "user", id }, person);
    return id;
  });
}

/** @throws RequestInvalid; UpliftError forbidden, not_found, conflict (the last administrator) */
export async function setUserRole(actor: Actor, id: string, role: unknown): Promise<void> {
  permit(actor, "user.manage");
  const to = parseRequest(Role, role);
  await transaction(async (tx) => {
    const user = await findUser(tx, id);
    await tx.user.update({ where: { id }, data: { role: to } });
    await requireAdministrator(tx);
    await audit(tx, actor, "user.set-role", { type: "user", id }, { from: user.role, to });
  });
}

/**
 * Disables an account, ending its sessions and its tokens' power, or enables it again.
 * @throws UpliftError forbidden, not_found, conflict (the last administrator)
 */
export async function setUserDisabled(actor: Actor, id: string, disabled: boolean): Promise<void> {
  permit(actor, "user.manage");
  await transaction(async (tx) => {
    await findUser(tx, id);
    await tx.user.update({ where: { id }, data: { banned: disabled } });
    if (disabled) await tx.session.deleteMany({ where: { userId: id } });
    await requireAdministrator(tx);
    await audit(tx, actor, disabled ? "user.disable" : "user.enable", { type: "user", id });
  });
}

/** Sets somebody's password and ends their sessions. @throws as createUser, and not_found */
export async function setUserPassword(actor: Actor, id: string, password: unknown): Promise<void> {
  permit(actor, "user.manage");
  const hash = await hashPassword(
    parseRequest(z.object({ password: Password }), { password }).password,
  );
  await transaction(async (tx) => {
    await findUser(tx, id);
    await replacePassword(tx, id, hash);
    await audit(tx, actor, "user.set-password", { type: "user", id });
  });
}

const OwnPassword = z.object({ current: z.string().max(1000), password: Password });

/**
 * Changes one's own password; every session ends, this one too.
 * @throws RequestInvalid (also when the current password is wrong)
 */
export async function changeOwnPassword(actor: Actor, input: unknown): Promise<void> {
  const { current, password } = parseRequest(OwnPassword, input);
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
}

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
