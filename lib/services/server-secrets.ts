import type { ServerInput } from "#lib/domain/deployment-input.ts";
import type { SecretId } from "#lib/domain/ids.ts";
import type { DatabaseServer, Inventory } from "#lib/domain/inventory.ts";
import { Secret } from "#lib/domain/secret.ts";
import { type ServerTls, withoutTls } from "#lib/domain/tls.ts";
import { harmlessChanges, missingParts, partsOfUse, tlsParts } from "#lib/domain/tls-modes.ts";
import type { Tx } from "#lib/store/client.ts";
import type { SealedServer } from "#lib/store/inventory-rows.ts";
import { secrets } from "#lib/store/secrets.ts";
import { claimDiscovered } from "./discovery-secrets.ts";
import { RequestInvalid } from "./request-invalid.ts";
import { isSameFile, refuseUnusable, type TlsFiles } from "./tls-files.ts";

/** What a server proves itself by. */
const trustAnchors = ["ca", "publicKey"] as const;

/**
 * Seals what was typed for a server and keeps what was not. A password is kept only for the server it was typed
 * for: who may change a deployment may not have its password shown to a server of their own.
 *
 * @param stored the server as it is registered; null for a new one
 * @param path of the server in the document: `metadb`
 * @throws RequestInvalid
 */
export async function sealServer(
  tx: Tx,
  given: ServerInput,
  stored: DatabaseServer | null,
  path: string,
): Promise<SealedServer> {
  const before = await storedFiles(tx, stored);
  const after = filesAfter(given, before);
  const missing = missingParts(given.tls.mode, (part) => after[part] !== null);
  if (missing.length > 0) {
    throw new RequestInvalid(
      missing.map(({ part, message }) => ({ path: `${path}.tls.${part}`, message })),
    );
  }
  refuseUnusable(after, `${path}.tls`);
  if (stored && given.password === undefined && isShownElsewhere(stored, given, before, after)) {
    const message =
      "Enter the password again: this change decides which server receives it (host, port, user, TLS mode, CA, or public key).";
    throw new RequestInvalid([{ path: `${path}.password`, message }]);
  }
  const tls: ServerTls = { ...withoutTls, mode: given.tls.mode };
  for (const part of tlsParts) {
    const id = stored?.tls[`${part}Id`] ?? null;
    const file = after[part];
    const isNew = file !== null && !isSameFile(file, before[part]);
    // What the mode makes no use of stays, too: plans of before may still go by it.
    const kept = given.tls[part] === null ? null : id;
    tls[`${part}Id`] = isNew ? await secrets.putOrReplace(tx, id, file) : kept;
  }
  return { passwordId: await sealPassword(tx, given, stored, path), tls };
}

/** Every secret that the database servers of an inventory refer to. */
export function serverSecrets({ metadb, regions }: Pick<Inventory, "metadb" | "regions">) {
  return [metadb, ...regions.map((region) => region.heartbeatServer)].flatMap((server) =>
    server ? [server.passwordId, ...tlsParts.map((part) => server.tls[`${part}Id`])] : [],
  );
}

/** Which secrets of a server somebody has typed, or has said to forget. */
export function typedParts({ password, tls }: ServerInput): string[] {
  return [
    ...(password === undefined ? [] : ["password"]),
    ...tlsParts.filter((part) => tls[part] !== undefined),
  ];
}

async function storedFiles(tx: Tx, stored: DatabaseServer | null): Promise<TlsFiles> {
  const files: TlsFiles = { ca: null, certificate: null, key: null, publicKey: null };
  for (const part of tlsParts) {
    const id = stored?.tls[`${part}Id`];
    if (id) files[part] = await secrets.get(id, tx);
  }
  return files;
}

/** What the mode makes use of, as typed or as stored. */
function filesAfter({ tls }: ServerInput, before: TlsFiles): TlsFiles {
  const after: TlsFiles = { ca: null, certificate: null, key: null, publicKey: null };
  for (const part of partsOfUse[tls.mode]) {
    const given = tls[part];
    after[part] = given === undefined ? before[part] : given === null ? null : new Secret(given);
  }
  return after;
}

/** Whether a stored password could now be shown to somebody whom it was not typed for. */
function isShownElsewhere(
  stored: DatabaseServer,
  given: ServerInput,
  before: TlsFiles,
  after: TlsFiles,
): boolean {
  const { host, port, user, tls } = stored;
  if (given.host !== host || given.port !== port || given.user !== user) return true;
  const mode = given.tls.mode;
  if (mode !== tls.mode && !harmlessChanges[tls.mode]?.includes(mode)) return true;
  return trustAnchors.some((part) => after[part] && !isSameFile(before[part], after[part]));
}

async function sealPassword(
  tx: Tx,
  { password, passwordId }: ServerInput,
  stored: DatabaseServer | null,
  path: string,
): Promise<SecretId> {
  if (password !== undefined)
    return secrets.putOrReplace(tx, stored?.passwordId ?? null, new Secret(password));
  if (stored) return stored.passwordId;
  // One that discovery found is sealed already.
  if (passwordId !== undefined) return claimDiscovered(tx, passwordId, `${path}.password`);
  throw new RequestInvalid([{ path: `${path}.password`, message: "Give the password." }]);
}
