import type { SecretId } from "#lib/domain/ids.ts";
import type { Secret } from "#lib/domain/secret.ts";
import type { Tx } from "#lib/store/client.ts";
import { secrets } from "#lib/store/secrets.ts";
import { RequestInvalid } from "./request-invalid.ts";

/** How long a discovered password waits for the deployment it was found for. */
const keptMs = 24 * 3600 * 1000;
const prefix = "discovered.";

/**
 * Seals a password that was found on a host, so that the browser need not see it. It waits a day
 * for a deployment; those that waited longer are forgotten here.
 */
export async function keepDiscovered(tx: Tx, password: Secret): Promise<SecretId> {
  const waiting = await tx.setting.findMany({ where: { key: { startsWith: prefix } } });
  const forgotten = waiting
    .filter(({ value }) => Date.parse(value) < Date.now() - keptMs)
    .map(({ key }) => key);
  await secrets.remove(
    tx,
    forgotten.map((key) => key.slice(prefix.length)),
  );
  await tx.setting.deleteMany({ where: { key: { in: forgotten } } });
  const id = await secrets.put(tx, password);
  await tx.setting.create({ data: { key: prefix + id, value: new Date().toISOString() } });
  return id;
}

/**
 * Gives a discovered password to one deployment. Any other secret's id is refused: a deployment
 * that named, say, an SSH password would send it to the database server its author chose.
 *
 * @throws RequestInvalid
 */
export async function claimDiscovered(tx: Tx, id: SecretId, path: string): Promise<SecretId> {
  const { count } = await tx.setting.deleteMany({ where: { key: prefix + id } });
  if (count === 1) return id;
  const message = "The password that was discovered is no longer kept: type it, or discover again.";
  throw new RequestInvalid([{ path, message }]);
}
