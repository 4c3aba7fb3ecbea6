import { administrator } from "#lab/product/product.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { createAdministrator, ensureSetupToken } from "#lib/operations/setup.ts";
import { createUser } from "#lib/operations/users.ts";
import { db } from "#lib/store/client.ts";
import { openStore } from "#lib/store/open.ts";

/** Opens a store that need not survive a power cut, with the first administrator in it. */
export async function openFastStore(directory: string): Promise<Actor> {
  const client = await openStore(directory);
  await client.$executeRawUnsafe("PRAGMA synchronous=OFF");
  const token = await ensureSetupToken();
  if (token !== null) await createAdministrator({ token, ...administrator }, new Headers());
  const user = await db().user.findFirstOrThrow({ orderBy: { createdAt: "asc" } });
  return { userId: user.id, name: user.name, role: "administrator", via: "session" };
}

const team = [
  ["Chen Wei", "operator"],
  ["Liu Yang", "operator"],
  ["王芳", "operator"],
  ["Zhang Min", "operator"],
  ["赵敏", "approver"],
  ["Anna Lindqvist", "operator"],
  ["Huang Lei", "approver"],
  ["Maximilian von und zu Oberursel-Hohenstein", "operator"],
  ["Audit department", "viewer"],
] as const;

/** The people who work here. @returns those who start runs */
export async function hire(actor: Actor): Promise<{ id: string; name: string }[]> {
  const starters = [{ id: actor.userId, name: actor.name }];
  for (const [index, [name, role]] of team.entries()) {
    const email = `person-${index + 1}@example.com`;
    const { password } = administrator;
    const id = await createUser(actor, { name, email, role, password });
    if (role === "operator") starters.push({ id, name });
  }
  return starters;
}
