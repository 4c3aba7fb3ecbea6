import { z } from "zod";
import { CredentialId, newId } from "#lib/domain/ids.ts";
import { decidesOnSecrets } from "#lib/services/credential-uses.ts";
import {
  CredentialInput,
  noSecrets,
  StoredSecrets,
  secretFields,
  writeSecrets,
} from "#lib/services/credentials-input.ts";
import { conflict, notFound } from "#lib/services/refusals.ts";
import { RequestInvalid } from "#lib/services/request-invalid.ts";
import { audit } from "#lib/store/audit.ts";
import { db, type Tx, transaction } from "#lib/store/client.ts";
import { secrets } from "#lib/store/secrets.ts";
import { nothing, operation } from "./operation.ts";

const ofCredential = z.object({ credentialId: CredentialId });

/** A credential without what is secret in it. */
const CredentialView = z.object({
  id: CredentialId,
  name: z.string(),
  username: z.string(),
  method: CredentialInput.shape.method,
  hasPassword: z.boolean(),
  hasPrivateKey: z.boolean(),
  hasPassphrase: z.boolean(),
  hasSudoPassword: z.boolean(),
  /** Nodes that use it. */
  nodes: z.number(),
  /** Regions whose bastion is entered with it. */
  bastions: z.number(),
  createdAt: z.iso.datetime(),
});
export type CredentialView = z.infer<typeof CredentialView>;

const withUses = { _count: { select: { nodes: true, regions: true } } } as const;
type Row = Awaited<ReturnType<typeof readRows>>[number];

const readRows = () => db().credential.findMany({ orderBy: { name: "asc" }, include: withUses });

function viewOf(row: Row): CredentialView {
  return {
    id: CredentialId.parse(row.id),
    name: row.name,
    username: row.username,
    method: row.method === "key" ? "key" : "password",
    hasPassword: row.passwordId !== null,
    hasPrivateKey: row.privateKeyId !== null,
    hasPassphrase: row.passphraseId !== null,
    hasSudoPassword: row.sudoPasswordId !== null,
    nodes: row._count.nodes,
    bastions: row._count.regions,
    createdAt: row.createdAt.toISOString(),
  };
}

/** All credentials. */
export const listCredentials = operation({
  name: "credentials.list",
  permission: "inventory.read",
  input: nothing,
  output: z.array(CredentialView),
  run: async () => (await readRows()).map(viewOf),
});

export const createCredential = operation({
  name: "credentials.create",
  permission: "credential.change",
  input: CredentialInput,
  output: CredentialView,
  async run(actor, input) {
    const id = newId(CredentialId, "crd");
    return transaction(async (tx) => {
      await refuseNameInUse(tx, input.name, null);
      const stored = await writeSecrets(tx, input, noSecrets);
      const { name, username, method } = input;
      const row = { name, username, method, ...stored, typedById: actor.userId };
      const made = await tx.credential.create({
        data: { id, ...row, createdAt: new Date() },
        include: withUses,
      });
      const detail = { name, username, method };
      await audit(tx, actor, "credential.create", { type: "credential", id }, detail);
      return viewOf(made);
    });
  },
});

/** @throws UpliftError not_found */
export const updateCredential = operation({
  name: "credentials.update",
  permission: "credential.change",
  input: CredentialInput.extend(ofCredential.shape),
  output: CredentialView,
  async run(actor, { credentialId: id, ...input }) {
    return transaction(async (tx) => {
      const row = await tx.credential.findUnique({ where: { id } });
      if (!row) throw notFound("credential", id);
      await refuseNameInUse(tx, input.name, id);
      const before = StoredSecrets.parse(row);
      const known = typedAll(row, input);
      const knows = known || row.typedById === actor.userId || decidesOnSecrets(actor);
      if (row.username !== input.username && !knows) {
        throw new RequestInvalid([{ path: "username", message: otherUser }]);
      }
      const stored = await writeSecrets(tx, input, before);
      const { name, username, method } = input;
      const kept = typedSome(input) && row.typedById !== actor.userId ? null : row.typedById;
      const typedById = known ? actor.userId : kept;
      const changed = await tx.credential.update({
        where: { id },
        data: { name, username, method, typedById, ...stored },
        include: withUses,
      });
      await secrets.remove(
        tx,
        Object.values(before).filter((old) => !Object.values(stored).includes(old)),
      );
      const replaced = secretFields.filter((field) => input[field] !== undefined);
      const from = { name: row.name, username: row.username, method: row.method };
      const detail = { from, to: { name, username, method }, replaced };
      await audit(tx, actor, "credential.update", { type: "credential", id }, detail);
      return viewOf(changed);
    });
  },
});

/** @throws UpliftError not_found, conflict (nodes or bastions use it) */
export const deleteCredential = operation({
  name: "credentials.delete",
  permission: "credential.change",
  input: ofCredential,
  output: z.void(),
  async run(actor, { credentialId: id }) {
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
  },
});

async function refuseNameInUse(tx: Tx, name: string, own: CredentialId | null): Promise<void> {
  const other = await tx.credential.findUnique({ where: { name }, select: { id: true } });
  if (other && other.id !== own) {
    throw new RequestInvalid([{ path: "name", message: "Another credential has this name." }]);
  }
}

const otherUser =
  "Enter the passwords again: another user would sign in with them. Or ask an administrator.";

type Given = Pick<z.output<typeof CredentialInput>, "method" | "password" | "sudoPassword">;

const typedSome = ({ password, sudoPassword }: Given): boolean =>
  typeof password === "string" || typeof sudoPassword === "string";

/** Whether every password that the credential has after this change was typed with it. */
function typedAll(row: { sudoPasswordId: string | null }, given: Given): boolean {
  const { method, password, sudoPassword } = given;
  const signsIn = method === "key" || typeof password === "string";
  const becomesRoot = sudoPassword !== undefined || row.sudoPasswordId === null;
  return signsIn && becomesRoot;
}
