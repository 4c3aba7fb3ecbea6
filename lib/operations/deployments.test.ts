import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { DeploymentDraft } from "#lib/domain/deployment-input.ts";
import type { CredentialId, DeploymentId } from "#lib/domain/ids.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { targetOfNode } from "#lib/services/credentials-target.ts";
import type { RequestInvalid } from "#lib/services/request-invalid.ts";
import { db } from "#lib/store/client.ts";
import { secrets } from "#lib/store/secrets.ts";
import { ada, temporaryStore } from "#lib/store/tests/fixtures.ts";
import { checkAudit, listAudit } from "./audit.ts";
import {
  createCredential,
  deleteCredential,
  listCredentials,
  updateCredential,
} from "./credentials.ts";
import {
  createDeployment,
  deleteDeployment,
  getDeployment,
  listDeployments,
  updateDeployment,
} from "./deployments.ts";

const viewer: Actor = { ...ada, role: "viewer" };
const operator: Actor = { ...ada, role: "operator" };
const hostKeyFingerprint = `SHA256:${"A".repeat(43)}`;
const rootLogin = {
  name: "root",
  username: "root",
  method: "password" as const,
  password: "ssh-pass-1",
};
const code = (expected: string) => ({ code: expected });

let close: () => Promise<void>;
let credentialId: CredentialId;
before(async () => {
  close = await temporaryStore();
  credentialId = (await createCredential(ada, { ...rootLogin, sudoPassword: "" })).id;
});
after(() => close());

const node = (name: string, address: string) => ({
  ...{ name, address, containerName: "oms_330" },
  ssh: { host: address, credentialId, hostKeyFingerprint },
});
const draft = (name: string): DeploymentDraft => ({
  ...{ name, version: "3.3.0" },
  metadb: {
    ...{ host: "10.0.0.9", user: "root@oms#ob", password: "meta-pass-1" },
    ...{ rmDatabase: "rm", cmDatabase: "cm" },
  },
  regions: [
    {
      ...{ name: "hz", location: 0, isDefault: true, cmUrl: "http://10.0.0.1:8088" },
      heartbeatDatabase: "hb_0",
      nodes: [node("hz-1", "10.0.0.1"), node("hz-2", "10.0.0.2")],
    },
    {
      ...{ name: "sh", location: 1, isDefault: false, cmUrl: "http://10.0.1.1:8088" },
      heartbeatDatabase: "hb_1",
      heartbeatServer: { host: "10.0.1.9", user: "root", password: "beat-pass-1" },
      nodes: [node("sh-1", "10.0.1.1")],
    },
  ],
});

/** The document that a form would send back unchanged: no passwords. */
function documentOf({ id: _, ...inventory }: Inventory) {
  const { passwordId: _meta, ...metadb } = inventory.metadb;
  const regions = inventory.regions.map(({ heartbeatServer, ...region }) => {
    if (!heartbeatServer) return { ...region, heartbeatServer };
    const { passwordId: _beat, ...server } = heartbeatServer;
    return { ...region, heartbeatServer: { ...server, password: "" } };
  });
  return { ...inventory, metadb: { ...metadb, password: "" }, regions };
}

const reveal = async (id: Parameters<typeof secrets.get>[0]) => (await secrets.get(id)).reveal();

async function fresh(name: string) {
  const id = await createDeployment(ada, draft(name));
  return { id, inventory: await getDeployment(ada, { deploymentId: id }) };
}

/** A run that holds the deployment, as far as these services look. */
const activeRun = (id: DeploymentId) =>
  db().run.create({
    data: {
      ...{ id: `run_of_${id}`, deploymentId: id, activeDeploymentId: id, status: "paused" },
      ...{ fromVersion: "", toVersion: "", startedBy: "", startedById: "", leg: "forward" },
    },
  });

test("a deployment is read back as it was registered, with passwords sealed", async () => {
  const { inventory } = await fresh("prod");
  assert.equal(inventory.revision, 1);
  assert.equal(inventory.metadb.port, 2883);
  assert.equal(inventory.settings.refetchMarginMin, 30);
  assert.deepEqual(
    inventory.regions.map(({ name, nodes }) => [name, nodes.map((one) => one.name)]),
    [
      ["hz", ["hz-1", "hz-2"]],
      ["sh", ["sh-1"]],
    ],
  );
  assert.equal(await reveal(inventory.metadb.passwordId), "meta-pass-1");
  const beat = inventory.regions[1]?.heartbeatServer?.passwordId;
  assert.equal(await reveal(beat!), "beat-pass-1");
  assert.equal(JSON.stringify(await listDeployments(viewer)).includes("pass-1"), false);
  assert.equal(JSON.stringify(await listAudit(viewer)).includes("pass-1"), false);
});

test("an unchanged document changes no id and no password", async () => {
  const { id, inventory } = await fresh("same");
  await updateDeployment(ada, { deploymentId: id, ...documentOf(inventory) });
  const { revision, ...after } = await getDeployment(ada, { deploymentId: id });
  const { revision: _, ...before } = inventory;
  assert.equal(revision, 2);
  assert.deepEqual(after, before);
  assert.equal(await reveal(after.metadb.passwordId), "meta-pass-1");
});

test("regions can swap names and locations, nodes can move, passwords keep their ids", async () => {
  const { id, inventory } = await fresh("swap");
  const document = documentOf(inventory);
  const [hz, sh] = document.regions;
  assert.ok(hz && sh);
  [hz.name, sh.name] = [sh.name, hz.name];
  [hz.location, sh.location] = [sh.location, hz.location];
  const moved = hz.nodes.pop();
  sh.nodes.push(moved!);
  document.metadb.password = "meta-pass-2";
  await updateDeployment(ada, { deploymentId: id, ...document });
  const after = await getDeployment(ada, { deploymentId: id });
  assert.deepEqual(
    after.regions.map(({ name, location, nodes }) => [name, location, nodes.length]),
    [
      ["sh", 1, 1],
      ["hz", 0, 2],
    ],
  );
  assert.equal(after.regions[1]?.nodes[1]?.id, moved?.id);
  assert.equal(after.metadb.passwordId, inventory.metadb.passwordId);
  assert.equal(await reveal(after.metadb.passwordId), "meta-pass-2");
  const { entries } = await listAudit(ada, { targetId: id, action: "deployment.update" });
  assert.deepEqual(entries[0]?.detail.secretsTyped, ["metadb password"]);
});

test("a password goes with the heartbeat server that it was for", async () => {
  const { id, inventory } = await fresh("beat");
  const document = documentOf(inventory);
  const before = await db().secret.count();
  await updateDeployment(ada, {
    deploymentId: id,
    ...document,
    regions: document.regions.map((region) => ({ ...region, heartbeatServer: null })),
  });
  assert.equal(await db().secret.count(), before - 1);
});

test("a document with faults is refused with each fault at its field", async () => {
  const bad = draft("");
  bad.metadb.host = "a b; rm";
  bad.regions[1]!.isDefault = true;
  bad.regions[0]!.nodes[1]!.address = "10.0.0.1";
  await assert.rejects(createDeployment(ada, bad), (error: RequestInvalid) => {
    assert.deepEqual(
      error.fields.map(({ path, message }) => `${path}: ${message}`),
      [
        "name: Give a name.",
        "metadb.host: Not a host name or an IP address.",
        "regions: Exactly one region is the default one.",
        "regions: The node address 10.0.0.1 is used twice.",
      ],
    );
    return true;
  });
  const fields = async (change: (document: DeploymentDraft) => void) => {
    const document = draft("other");
    change(document);
    const error = await createDeployment(ada, document).catch((caught: RequestInvalid) => caught);
    return (error as RequestInvalid).fields.map(({ path }) => path);
  };
  await fresh("taken");
  assert.deepEqual(await fields((one) => Object.assign(one, { name: "taken" })), ["name"]);
  assert.deepEqual(await fields((one) => delete one.metadb.password), ["metadb.password"]);
  assert.deepEqual(await fields((one) => delete one.regions[1]!.heartbeatServer!.password), [
    "regions.1.heartbeatServer.password",
  ]);
  const unknown = "crd_000000000000" as CredentialId;
  assert.deepEqual(
    await fields((one) => Object.assign(one.regions[0]!.nodes[1]!.ssh, { credentialId: unknown })),
    ["regions.0.nodes.1.ssh.credentialId"],
  );
  assert.equal(await db().deployment.count({ where: { name: "other" } }), 0);
});

test("ids of another deployment are refused", async () => {
  const [mine, other] = [await fresh("mine"), await fresh("theirs")];
  const document = documentOf(mine.inventory);
  document.regions[0]!.nodes[0]!.id = other.inventory.regions[0]!.nodes[0]!.id;
  await assert.rejects(
    updateDeployment(ada, { deploymentId: mine.id, ...document }),
    code("request.invalid"),
  );
  assert.deepEqual(await getDeployment(ada, { deploymentId: other.id }), other.inventory);
});

test("somebody else's change is not overwritten", async () => {
  const { id, inventory } = await fresh("race");
  const document = documentOf(inventory);
  await updateDeployment(ada, { deploymentId: id, ...document, name: "race 2" });
  await assert.rejects(updateDeployment(ada, { deploymentId: id, ...document }), code("conflict"));
  assert.equal((await getDeployment(ada, { deploymentId: id })).name, "race 2");
});

test("while a run is active only name and settings change, and nothing is deleted", async () => {
  const { id, inventory } = await fresh("busy");
  await activeRun(id);
  const { revision: _, ...document } = documentOf(inventory);
  const settings = { ...document.settings, refetchMarginMin: 60 };
  await updateDeployment(ada, { deploymentId: id, ...document, name: "busy bee", settings });
  for (const change of [
    { version: "3.3.1" },
    { metadb: { ...document.metadb, password: "meta-pass-2" } },
    { regions: document.regions.slice(0, 1) },
  ]) {
    await assert.rejects(
      updateDeployment(ada, { deploymentId: id, ...document, ...change }),
      code("conflict"),
    );
  }
  await assert.rejects(deleteDeployment(ada, { deploymentId: id }), code("conflict"));
  assert.equal((await getDeployment(ada, { deploymentId: id })).settings.refetchMarginMin, 60);
});

test("deleting keeps history, frees the name and forgets the passwords", async () => {
  const { id, inventory } = await fresh("gone");
  await db().run.create({
    data: {
      ...{ id: "run_past", deploymentId: id, status: "succeeded", leg: "forward" },
      ...{ fromVersion: "", toVersion: "", startedBy: "", startedById: "" },
    },
  });
  await deleteDeployment(ada, { deploymentId: id });
  await assert.rejects(getDeployment(ada, { deploymentId: id }), code("not_found"));
  await assert.rejects(secrets.get(inventory.metadb.passwordId), code("not_found"));
  assert.equal((await db().run.findUniqueOrThrow({ where: { id: "run_past" } })).deploymentId, id);
  await fresh("gone");
});

test("a credential's secrets are written, kept, replaced and never shown", async () => {
  const key =
    "-----BEGIN OPENSSH PRIVATE KEY-----\r\nMIIEpAIBAAKCAQEA\r\n-----END OPENSSH PRIVATE KEY-----";
  const login = { name: "oms", username: "admin", method: "key" as const };
  await assert.rejects(createCredential(ada, login), code("request.invalid"));
  await assert.rejects(
    createCredential(ada, { ...login, privateKey: "x" }),
    code("request.invalid"),
  );
  const given = { ...login, privateKey: key, passphrase: "phrase-1", sudoPassword: "sudo-1" };
  const id = (await createCredential(ada, given)).id;
  const view = async () => (await listCredentials(viewer)).find((one) => one.id === id);
  assert.deepEqual(
    { ...(await view()), createdAt: "" },
    {
      ...{
        id,
        ...login,
        nodes: 0,
        bastions: 0,
        createdAt: "",
        hasPassword: false,
        hasPrivateKey: true,
      },
      ...{ hasPassphrase: true, hasSudoPassword: true },
    },
  );
  await updateCredential(ada, { credentialId: id, ...login, privateKey: "", passphrase: null });
  assert.equal((await view())?.hasPassphrase, false);
  assert.equal((await view())?.hasPrivateKey, true);
  await updateCredential(ada, {
    credentialId: id,
    ...login,
    method: "password" as const,
    password: "ssh-pass-2",
  });
  assert.equal((await view())?.hasPrivateKey, false, "a key that is not used is not kept");
  const { entries } = await listAudit(ada, { targetId: id });
  assert.doesNotMatch(JSON.stringify(entries), /phrase-1|sudo-1|ssh-pass-2|MIIE/);
  const before = await db().secret.count();
  await deleteCredential(ada, { credentialId: id });
  assert.equal(await db().secret.count(), before - 2);
});

test("a node's target has what SSH needs; its credential cannot be deleted", async () => {
  const { inventory } = await fresh("target");
  const target = await targetOfNode(inventory.regions[0]!.nodes[1]!.id);
  assert.equal(target.name, "hz-2");
  assert.equal(target.host, "10.0.0.2");
  assert.equal(target.port, 22);
  assert.equal(target.sudoPassword, null);
  assert.equal(target.auth.method === "password" && target.auth.password.reveal(), "ssh-pass-1");
  assert.equal(JSON.stringify(target).includes("ssh-pass-1"), false);
  await assert.rejects(deleteCredential(ada, { credentialId }), code("conflict"));
});

test("a region's nodes are reached through its bastion, which they share", async () => {
  const login = {
    name: "jump",
    username: "jump",
    method: "password" as const,
    password: "jump-pass-1",
  };
  const jump = (await createCredential(ada, { ...login, sudoPassword: "" })).id;
  const bastion = { host: "203.0.113.7", port: "2222", credentialId: jump, hostKeyFingerprint };
  const document = draft("behind");
  const [hz, sh] = document.regions;
  Object.assign(hz!, { bastion });
  const id = await createDeployment(ada, document);
  const inventory = await getDeployment(ada, { deploymentId: id });
  assert.deepEqual(inventory.regions[0]?.bastion, { ...bastion, port: 2222 });
  assert.equal(inventory.regions[1]?.bastion, null);

  const [first, second] = await Promise.all(
    inventory.regions[0]!.nodes.map((one) => targetOfNode(one.id)),
  );
  assert.equal(first?.bastion?.host, "203.0.113.7");
  assert.equal(first?.bastion?.username, "jump");
  assert.equal(first?.bastion?.id, second?.bastion?.id);
  assert.equal(JSON.stringify(first).includes("pass-1"), false);
  assert.equal((await targetOfNode(inventory.regions[1]!.nodes[0]!.id)).bastion, null);

  const view = (await listCredentials(viewer)).find((one) => one.id === jump);
  assert.deepEqual([view?.nodes, view?.bastions], [0, 1]);
  await assert.rejects(deleteCredential(ada, { credentialId: jump }), code("conflict"));
  const unknown = { ...bastion, credentialId: "crd_000000000000" };
  const refused = { ...document, name: "x", regions: [{ ...hz, bastion: unknown }, sh] };
  await assert.rejects(createDeployment.perform(ada, refused), (error: RequestInvalid) => {
    assert.deepEqual(
      error.fields.map(({ path }) => path),
      ["regions.0.bastion.credentialId"],
    );
    return true;
  });

  // A bastion that is gone for good must not hold up a run; the nodes stay what they are.
  await activeRun(id);
  const { revision: _, ...now } = documentOf(inventory);
  const moved = { ...bastion, host: "203.0.113.8" };
  const regions = now.regions.map((region, at) =>
    at === 0 ? { ...region, bastion: moved } : region,
  );
  await updateDeployment(ada, { deploymentId: id, ...now, regions });
  assert.equal(
    (await getDeployment(ada, { deploymentId: id })).regions[0]?.bastion?.host,
    "203.0.113.8",
  );
  regions[0]!.nodes[0]!.ssh.port = 2022;
  await assert.rejects(
    updateDeployment(ada, { deploymentId: id, ...now, regions }),
    code("conflict"),
  );
});

test("who may only look changes nothing", async () => {
  const { id, inventory } = await fresh("looked at");
  await assert.rejects(createDeployment(viewer, draft("x")), code("forbidden"));
  await assert.rejects(
    updateDeployment(viewer, { deploymentId: id, ...documentOf(inventory) }),
    code("forbidden"),
  );
  await assert.rejects(deleteDeployment(viewer, { deploymentId: id }), code("forbidden"));
  await assert.rejects(createCredential(viewer, rootLogin), code("forbidden"));
  assert.deepEqual(await getDeployment(viewer, { deploymentId: id }), inventory);
});

test("an administrator alone says what an unknown MetaDB is taken for, and every session is told", async () => {
  const { id, inventory } = await fresh("of another kind");
  const taken = (unknownMetadb: "mysql" | "refuse") => {
    const document = documentOf(inventory);
    return { ...document, settings: { ...document.settings, unknownMetadb } };
  };
  await assert.rejects(
    createDeployment(operator, { ...taken("mysql"), name: "y" }),
    code("forbidden"),
  );
  await assert.rejects(
    updateDeployment(operator, { deploymentId: id, ...taken("mysql") }),
    code("forbidden"),
  );
  await updateDeployment(ada, { deploymentId: id, ...taken("mysql") });
  const now = await getDeployment(viewer, { deploymentId: id });
  assert.equal(now.metadb.takenFor, "mysql");
  const back = {
    ...documentOf(now),
    settings: { ...now.settings, unknownMetadb: "refuse" as const },
  };
  await assert.rejects(
    updateDeployment(operator, { deploymentId: id, ...back }),
    code("forbidden"),
  );
  await updateDeployment(operator, {
    deploymentId: id,
    ...documentOf(now),
    name: "of another kind, renamed",
  });
});

test("the audit is read in pages, newest or oldest first, and is intact", async () => {
  const first = await listAudit(viewer, { limit: 3 });
  assert.equal(first.entries.length, 3);
  const second = await listAudit(viewer, { limit: 3, before: first.next });
  assert.equal(second.entries[0]?.seq, (first.entries[2]?.seq ?? 0) - 1);
  const seqs = async (query: object) =>
    (await listAudit(viewer, { order: "oldest", ...query })).entries.map(({ seq }) => seq);
  assert.deepEqual(await seqs({ limit: 3 }), [1, 2, 3]);
  assert.equal((await listAudit(viewer, { order: "oldest", limit: 3 })).next, 3);
  assert.deepEqual(await seqs({ limit: 2, after: 3 }), [4, 5]);
  assert.deepEqual(await seqs({ after: first.entries[0]?.seq }), []);
  const all = await listAudit(viewer, { targetType: "deployment", limit: 500 });
  assert.equal(all.next, null);
  assert.ok(all.entries.every(({ target }) => target.type === "deployment"));
  assert.equal((await checkAudit(viewer)).intact, true);
});
