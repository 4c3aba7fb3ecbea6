import { z } from "zod";
import type { SecretId } from "#lib/domain/ids.ts";
import type { DatabaseServer } from "#lib/domain/inventory.ts";
import type { Secret } from "#lib/domain/secret.ts";
import type { Tx } from "#lib/store/client.ts";
import { secrets } from "#lib/store/secrets.ts";
import { RequestInvalid } from "./request-invalid.ts";

/** How long a discovered password waits for the deployment it was found for. */
const keptMs = 24 * 3600 * 1000;
const prefix = "discovered.";

/** The server that a password is for, and the host that it was found on. */
const Found = z.object({
  at: z.iso.datetime(),
  server: z.object({ host: z.string(), port: z.number(), user: z.string() }),
  foundOn: z.string(),
});
type Found = z.infer<typeof Found>;

/** Null for what an earlier release has kept: it is forgotten. */
function readFound(text: string): Found | null {
  try {
    return Found.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * Seals a password that was found on a host, so that the browser need not see it. It waits a day
 * for a deployment; those that waited longer are forgotten here.
 */
export async function keepDiscovered(
  tx: Tx,
  password: Secret,
  found: Omit<Found, "at">,
): Promise<SecretId> {
  const waiting = await tx.setting.findMany({ where: { key: { startsWith: prefix } } });
  const forgotten = waiting
    .filter(({ value }) => Date.parse(readFound(value)?.at ?? "") >= Date.now() - keptMs === false)
    .map(({ key }) => key);
  await secrets.remove(
    tx,
    forgotten.map((key) => key.slice(prefix.length)),
  );
  await tx.setting.deleteMany({ where: { key: { in: forgotten } } });
  const id = await secrets.put(tx, password);
  const value = JSON.stringify({ at: new Date().toISOString(), ...found } satisfies Found);
  await tx.setting.create({ data: { key: prefix + id, value } });
  return id;
}

/**
 * Gives a discovered password to one deployment. Any other secret's id is refused: a deployment
 * that named, say, an SSH password would send it to the database server its author chose. So is another server than the
 * one it was found for, or another host than the one it was found on.
 *
 * @param hosts that it will be sent to; null: whoever asks may decide about them
 * @throws RequestInvalid
 */
export async function claimDiscovered(
  tx: Tx,
  id: SecretId,
  to: { server: Pick<DatabaseServer, "host" | "port" | "user">; hosts: readonly string[] | null },
  path: string,
): Promise<SecretId> {
  const row = await tx.setting.findUnique({ where: { key: prefix + id } });
  const found = row && readFound(row.value);
  if (!found) {
    const message =
      "The password that was discovered is no longer kept: type it, or discover again.";
    throw new RequestInvalid([{ path, message }]);
  }
  const { host, port, user } = found.server;
  const isForIt = host === to.server.host && port === to.server.port && user === to.server.user;
  if (!isForIt || to.hosts?.some((one) => one !== found.foundOn)) {
    const message =
      "Enter the password: the one that was discovered is for the server and the node that it was found on. Or ask an administrator.";
    throw new RequestInvalid([{ path, message }]);
  }
  await tx.setting.delete({ where: { key: prefix + id } });
  return id;
}
