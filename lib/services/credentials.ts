import { CredentialId, newId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { audit } from "#lib/store/audit.ts";
import { db, type Tx, transaction } from "#lib/store/client.ts";
import { secrets } from "#lib/store/secrets.ts";
import {
  CredentialInput,
  noSecrets,
  StoredSecrets,
  secretFields,
  writeSecrets,
} from "./credentials-input.ts";
import { permit } from "./permit.ts";
import { conflict, notFound } from "./refusals.ts";
import { parseRequest, RequestInvalid } from "./request-invalid.ts";

export interface CredentialView {
  id: CredentialId;
  name: string;
  username: string;
  method: "password" | "key";
  hasPassword: boolean;
  hasPrivateKey: boolean;
  hasPassphrase: boolean;
  hasSudoPassword: boolean;
  /** Nodes that use it. */
  nodes: number;
  /** Regions whose bastion is entered with it. */
  bastions: number;
  createdAt: string;
}

/** All credentials, without what is secret in them. @throws UpliftError forbidden */
export async function listCredentials(actor: Actor): Promise<CredentialView[]> {
  permit(actor, "inventory.read");
  const rows = await db().credential.findMany({
    orderBy: { name: "asc" },
    include: { _count: { select: { nodes: true, regions: true } } },
  });
  return rows.map((row) => ({
    id: CredentialId.parse(row.id),
    ...{
      name: row.name,
      username: row.username,
      method: row.method === "key" ? "key" : "password",
    },
    hasPassword: row.passwordId !== null,
    hasPrivateKey: row.privateKeyId !== null,
    hasPassphrase: row.passphraseId !== null,
    hasSudoPassword: row.sudoPasswordId !== null,
    nodes: row._count.nodes,
    bastions: row._count.regions,
    createdAt: row.createdAt.toISOString(),
  }));
}

/** @throws RequestInvalid; UpliftError forbidden */
export async function createCredential(actor: Actor, document: unknown): Promise<CredentialId> {
  permit(actor, "credential.change");
  const input = parseRequest(CredentialInput, document);
  const id = CredentialId.parse(newId(CredentialId, "crd"));
  await transaction(async (tx) => {
    await refuseNameInUse(tx, input.name, null);
    const stored = await writeSecrets(tx, input, noSecrets);
    const { name, username, method } = input;
    const row = { name, username, method, ...stored };
    await tx.credential.create({ data: { id, ...row, createdAt: new Date() } });
    const detail = { name, username, method };
    await audit(tx, actor, "credential.create", { type: "credential", id }, detail);
  });
  return id;
}

/** @throws RequestInvalid; UpliftError forbidden, not_found */
export async function updateCredential(
  actor: Actor,
  id: CredentialId,
  document: unknown,
): Promise<void> {
  permit(actor, "credential.change");
  const input = parseRequest(CredentialInput, document);
  await transaction(async (tx) => {
    const row = await tx.credential.findUnique({ where: { id } });
    if (!row) throw notFound("credential", id);
    await refuseNameInUse(tx, input.name, id);
    const before = StoredSecrets.parse(row);
    const stored = await writeSecrets(tx, input, before);
    const { name, username, method } = input;
    await tx.credential.update({ where: { id }, data: { name, username, method, ...stored } });
    await secrets.remove(
      tx,
      Object.values(before).filter((old) => !Object.values(stored).includes(old)),
    );
    const replaced = secretFields.filter((field) => input[field] !== undefined);
    const from = { name: row.name, username: row.username, method: row.method };
    const detail = { from, to: { name, username, method }, replaced };
    await audit(tx, actor, "credential.update", { type: "credential", id }, detail);
  });
}

/** @throws UpliftError forbidden, not_found, conflict (nodes or bastions use it) */
export async function deleteCredential(actor: Actor, id: CredentialId): Promise<void> {
  permit(actor, "credential.change");
  await transaction(async (tx) => {
    const row = await tx.credential.findUnique({
      where: { id },
      include: {
        nodes: { select: { name: true }, take: 3 },
        regions: { select: { name: true }, take: 3 },
      },
    });
    if (!row) throw notFound("credential", id);
    const users = [
      ...row.nodes.map((node) => node.name),
      ...row.regions.map((region) => `the bastion of ${region.name}`),
    ];
    if (users.length > 0) {
      throw conflict(
        `The credential is in use: ${users.join(", ")}.`,
        "Give those another credential first.",
      );
    }
    await tx.credential.delete({ where: { id } });
    await secrets.remove(tx, Object.values(StoredSecrets.parse(row)));
    const detail = { name: row.name, username: row.username };
    await audit(tx, actor, "credential.delete", { type: "credential", id }, detail);
  });
}

async function refuseNameInUse(tx: Tx, name: string, own: CredentialId | null): Promise<void> {
  const other = await tx.credential.findUnique({ where: { name }, select: { id: true } });
  if (other && other.id !== own) {
    throw new RequestInvalid([{ path: "name", message: "Another credential has this name." }]);
  }
}
