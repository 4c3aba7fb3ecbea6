import { UpliftError } from "#lib/domain/errors.ts";
import { newId, SecretId } from "#lib/domain/ids.ts";
import { Secret } from "#lib/domain/secret.ts";
import { logRedactor } from "#lib/log/log.ts";
import { db, masterKey, type Tx } from "./client.ts";
import { derivedKey } from "./master-key.ts";
import { seal, unseal } from "./sealing.ts";

const sealingKey = () => derivedKey(masterKey().key, "secrets");

/** Sealed secrets. Nothing in UI or API reads them: only connections to hosts and databases do. */
export const secrets = {
  /** Seals a secret; the row appears when the transaction is committed. */
  async put(tx: Tx, secret: Secret): Promise<SecretId> {
    const id = SecretId.parse(newId(SecretId, "sec"));
    const sealed = seal(sealingKey(), id, secret.reveal());
    await tx.secret.create({
      data: { id, keyId: masterKey().id, sealed, createdAt: new Date() },
    });
    return id;
  },

  /** Seals another text under the same id: plans and runs that name it go on with the new one. */
  async replace(tx: Tx, id: SecretId, secret: Secret): Promise<void> {
    const sealed = seal(sealingKey(), id, secret.reveal());
    const { count } = await tx.secret.updateMany({
      where: { id },
      data: { keyId: masterKey().id, sealed },
    });
    if (count !== 1) throw missing(id);
  },

  /** Replaces the secret that a row refers to, or puts a new one. @returns its id */
  async putOrReplace(tx: Tx, id: SecretId | null, secret: Secret): Promise<SecretId> {
    if (id === null) return secrets.put(tx, secret);
    await secrets.replace(tx, id, secret);
    return id;
  },

  /** @throws UpliftError not_found, internal (sealed with another key, or damaged) */
  async get(id: SecretId, from?: Pick<Tx, "secret">): Promise<Secret> {
    const found = (await secrets.all([id], from)).get(id);
    if (!found) throw missing(id);
    return found;
  },

  /** Several at once. @throws UpliftError as `get` */
  async all(
    ids: readonly SecretId[],
    from: Pick<Tx, "secret"> = db(),
  ): Promise<Map<SecretId, Secret>> {
    const rows = await from.secret.findMany({ where: { id: { in: [...new Set(ids)] } } });
    const opened = new Map(rows.map((row) => [SecretId.parse(row.id), open(row)]));
    for (const id of ids) if (!opened.has(id)) throw missing(id);
    logRedactor().register(...opened.values());
    return opened;
  },

  /** Forgets secrets that nothing refers to any more. */
  async remove(tx: Tx, ids: readonly (string | null)[]): Promise<void> {
    const given = ids.filter((id) => id !== null);
    if (given.length > 0) await tx.secret.deleteMany({ where: { id: { in: given } } });
  },
};

function open({ id, sealed }: { id: string; sealed: string }): Secret {
  try {
    return new Secret(unseal(sealingKey(), id, sealed));
  } catch (cause) {
    throw new UpliftError("internal", `The stored secret ${id} cannot be opened.`, {
      remedy: "Enter the password or key again where it is used; the stored one is damaged.",
      cause,
    });
  }
}

function missing(id: SecretId): UpliftError {
  return new UpliftError("not_found", `The stored secret ${id} is gone.`, {
    remedy: "Enter the password or key again where it is used.",
  });
}
