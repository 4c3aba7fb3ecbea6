import type { DeploymentInput, ServerInput } from "#lib/domain/deployment-input.ts";
import type { SecretId } from "#lib/domain/ids.ts";
import type { DatabaseServer, Inventory } from "#lib/domain/inventory.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { Secret } from "#lib/domain/secret.ts";
import { type ServerTls, withoutTls } from "#lib/domain/tls.ts";
import { harmlessChanges, missingParts, partsOfUse, tlsParts } from "#lib/domain/tls-modes.ts";
import type { Tx } from "#lib/store/client.ts";
import type { SealedServer } from "#lib/store/inventory-rows.ts";
import { secrets } from "#lib/store/secrets.ts";
import { decidesOnSecrets, hostOf } from "./credential-uses.ts";
import { claimDiscovered } from "./discovery-secrets.ts";
import { RequestInvalid } from "./request-invalid.ts";
import { isSameFile, refuseUnusable, type TlsFiles } from "./tls-files.ts";

/** The hosts that a database's password is sent to: the nodes, which dump and restore with it. */
export interface Exposure {
  /** Null: whoever makes the change may decide about them. */
  hosts: readonly string[] | null;
  /** There are some that were not sent it before. */
  newHosts: boolean;
}

/** @param before the deployment as it is registered; null for a new one */
export function exposureOf(
  actor: Actor,
  input: Pick<DeploymentInput, "regions">,
  before: Pick<Inventory, "regions"> | null,
): Exposure {
  if (decidesOnSecrets(actor)) return { hosts: null, newHosts: false };
  const nodesOf = ({ regions }: Pick<Inventory | DeploymentInput, "regions">) =>
    regions.flatMap(({ nodes }) => nodes.map(({ ssh }) => hostOf(ssh)));
  const known = new Set(before ? nodesOf(before) : []);
  const hosts = nodesOf(input);
  return { hosts, newHosts: before !== null && hosts.some((host) => !known.has(host)) };
}

/** What a server proves itself by. */
const trustAnchors = ["ca", "publicKey"] as const;

/**
 * Seals what was typed for a server and keeps what was not. A password is kept only for the server it was typed
 * for: who may change a deployment may not have its password shown to a server of their own.
 *
 * @param stored the server as it is registered; null for a new one
 * @param path of the server in the document: `metadb`
 * @param exposure who will receive the password
 * @throws RequestInvalid
 */
export async function sealServer(
  tx: Tx,
  given: ServerInput,
  stored: DatabaseServer | null,
  path: string,
  exposure: Exposure,
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
  if (stored && given.password === undefined && exposure.newHosts) {
    const message =
      "Enter the password again: this change sends it to another host. Or ask an administrator.";
    throw new RequestInvalid([{ path: `${path}.password`, message }]);
  }
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
  return { passwordId: await sealPassword(tx, given, stored, path, exposure), tls };
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
  server: ServerInput,
  stored: DatabaseServer | null,
  path: string,
  exposure: Exposure,
): Promise<SecretId> {
  const { password, passwordId } = server;
  if (password !== undefined)
    return secrets.putOrReplace(tx, stored?.passwordId ?? null, new Secret(password));
  if (stored) return stored.passwordId;
  // One that discovery found is sealed already.
  if (passwordId !== undefined) {
    return claimDiscovered(tx, passwordId, { server, hosts: exposure.hosts }, `${path}.password`);
  }
  throw new RequestInvalid([{ path: `${path}.password`, message: "Give the password." }]);
}
