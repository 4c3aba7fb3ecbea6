import { randomBytes } from "node:crypto";
import { hashPassword } from "better-auth/crypto";
import { z } from "zod";
import { Role } from "#lib/domain/roles.ts";
import type { Tx } from "#lib/store/client.ts";

/** Characters; also what better-auth is configured with. */
export const passwordLength = { min: 12, max: 256 };

export const Password = z
  .string()
  .min(passwordLength.min, `At least ${passwordLength.min} characters.`)
  .max(passwordLength.max, `At most ${passwordLength.max} characters.`);

export const PersonInput = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Give a name.")
    .max(80, "At most 80 characters.")
    .refine((name) => !/\p{Cc}/u.test(name), "No control characters."),
  // better-auth looks accounts up in lower case.
  email: z.string().trim().toLowerCase().max(254).pipe(z.email("Not an e-mail address.")),
  password: Password,
});

export const UserInput = PersonInput.extend({ role: Role });

export interface NewAccount {
  name: string;
  email: string;
  role: Role;
  passwordHash: string;
}

/** Takes about 100 ms: never inside a transaction. */
export { hashPassword };

/** A person with a password, as better-auth stores them. @returns the user's id */
export async function insertAccount(tx: Tx, account: NewAccount): Promise<string> {
  const { name, email, role, passwordHash } = account;
  const id = `usr_${randomBytes(12).toString("hex")}`;
  const now = new Date();
  const dates = { createdAt: now, updatedAt: now };
  await tx.user.create({
    data: {
      ...{ id, name, email, role, ...dates },
      emailVerified: false,
      accounts: {
        create: {
          id: `acc_${randomBytes(12).toString("hex")}`,
          accountId: id,
          providerId: "credential",
          password: passwordHash,
          ...dates,
        },
      },
    },
  });
  return id;
}

/** Sets a password and ends every session of the person. */
export async function replacePassword(tx: Tx, userId: string, passwordHash: string) {
  await tx.account.updateMany({
    where: { userId, providerId: "credential" },
    data: { password: passwordHash },
  });
  await tx.session.deleteMany({ where: { userId } });
}
