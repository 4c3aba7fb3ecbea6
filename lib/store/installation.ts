import { newId } from "#lib/domain/ids.ts";
import { InstallationId } from "#lib/domain/lock.ts";
import { db, transaction } from "./client.ts";

const key = "installation.id";

/** The identifier of this database: made at the first question, the same ever after. */
export async function installationId(): Promise<InstallationId> {
  const known = await db().setting.findUnique({ where: { key } });
  if (known) return InstallationId.parse(known.value);
  return transaction(async (tx) => {
    const made = newId(InstallationId, "ins");
    const kept = await tx.setting.upsert({
      where: { key },
      create: { key, value: made },
      update: {},
    });
    return InstallationId.parse(kept.value);
  });
}
