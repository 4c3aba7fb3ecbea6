import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { DeploymentDraft } from "#lib/domain/deployment-input.ts";
import type { CredentialId, DeploymentId, SecretId } from "#lib/domain/ids.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { Secret } from "#lib/domain/secret.ts";
import { hostOf } from "#lib/services/credential-uses.ts";
import { keepDiscovered } from "#lib/services/discovery-secrets.ts";
import { RequestInvalid } from "#lib/services/request-invalid.ts";
import { transaction } from "#lib/store/client.ts";
import { ada, temporaryStore } from "#lib/store/tests/fixtures.ts";
import { listAudit } from "./audit.ts";
import { createCredential, updateCredential } from "./credentials.ts";
import { createDeployment, getDeployment, updateDeployment } from "./deployments.ts";
import { discover, fetchHostKey, testBastion, testConnection } from "./discovery.ts";

/** What somebody who may change deployments, and knows no password, tries in order to be sent one. */
const oscar: Actor = { ...ada, userId: "user-oscar", name: "Oscar", role: "operator" };
const keyOf = (letter: string) => `SHA256:${letter.repeat(43)}`;
const login = { username: "root", method: "password" as const, password: "ssh-pass-1" };

let close: () => Promise<void>;
let credentialId: CredentialId;
let deploymentId: DeploymentId;
before(async () => {
  close = await temporaryStore();
  credentialId = (await createCredential(ada, { ...login, name: "site" })).id;
  deploymentId = await createDeployment(ada, draft("site", [node("127.0.0.1", credentialId)]));
});
after(() => close());

const node = (host: string, id: CredentialId, port = 1, key = "A") => ({
  ...{ name: `${host}:${port}${key}`, address: host, containerName: "oms_330" },
  ssh: { host, port, credentialId: id, hostKeyFingerprint: keyOf(key) },
});
const draft = (name: string, nodes: ReturnType<typeof node>[]): DeploymentDraft => ({
  ...{ name, version: "3.3.0" },
  metadb: {
    ...{ host: "10.0.0.9", port: 2883, user: "root@oms#ob", password: "meta-pass-1" },
    ...{ rmDatabase: "rm", cmDatabase: "cm" },
  },
  regions: [
    {
      ...{ name: "hz", location: 0, isDefault: true, cmUrl: "http://10.0.0.1:8088" },
      ...{ heartbeatDatabase: "hb", nodes },
    },
  ],
});

/** The fields that a request was refused for; null: it was not refused for any. */
async function refusedFor(request: Promise<unknown>): Promise<string[] | null> {
  try {
    await request;
    return null;
  } catch (error) {
    return error instanceof RequestInvalid ? error.fields.map(({ path }) => path) : null;
  }
}

const rogue = { host: "127.0.0.1", port: 2, hostKeyFingerprint: keyOf("E") };

test("a stored password goes to no host, port or key that it did not serve before", async () => {
  const at = (ssh: { host?: string; port?: number; hostKeyFingerprint: string }) => ({
    ...{ host: "127.0.0.1", port: 1, credentialId },
    ...ssh,
  });
  for (const ssh of [
    { port: 2, hostKeyFingerprint: keyOf("A") },
    { port: 1, hostKeyFingerprint: keyOf("E") },
    { host: "127.0.0.2", port: 1, hostKeyFingerprint: keyOf("A") },
  ]) {
    const target = at(ssh);
    assert.deepEqual(await refusedFor(testConnection(oscar, target)), ["credentialId"]);
    assert.deepEqual(await refusedFor(discover(oscar, target)), ["credentialId"]);
    assert.deepEqual(await refusedFor(testBastion(oscar, target)), ["credentialId"]);
    const behind = { host: "10.0.0.1", port: 22, bastion: target };
    assert.deepEqual(await refusedFor(fetchHostKey(oscar, behind)), ["bastion.credentialId"]);
  }
  // What it serves, it serves for everybody: nobody listens there, and that is all that is wrong.
  const known = at({ hostKeyFingerprint: keyOf("A") });
  await assert.rejects(testConnection(oscar, known), { code: "ssh.unreachable" });
  await assert.rejects(testConnection(ada, at(rogue)), { code: "ssh.unreachable" });
});

test("no deployment is registered or changed to send it elsewhere", async () => {
  const mine = node(rogue.host, credentialId, rogue.port, "E");
  assert.deepEqual(await refusedFor(createDeployment(oscar, draft("mine", [mine]))), [
    "regions.0.nodes.0.ssh.credentialId",
  ]);
  const site = await getDeployment(oscar, { deploymentId });
  const document = { ...draft("site", [mine]), deploymentId, revision: site.revision };
  assert.deepEqual(await refusedFor(updateDeployment(oscar, document)), [
    "regions.0.nodes.0.ssh.credentialId",
  ]);
  assert.deepEqual(await getDeployment(oscar, { deploymentId }), site);
});

test("who typed a password may use it anywhere; who renames its user types it again", async () => {
  const own = await createCredential(oscar, { ...login, name: "oscar's", sudoPassword: "sudo-1" });
  const target = { ...rogue, credentialId: own.id };
  await assert.rejects(testConnection(oscar, target), { code: "ssh.unreachable" });
  // Ada replaces one of the two: nobody knows both now, but each of them one.
  const half = { credentialId: own.id, name: "oscar's", username: "root", method: login.method };
  await updateCredential(ada, { ...half, sudoPassword: "sudo-2" });
  assert.deepEqual(await refusedFor(testConnection(oscar, target)), ["credentialId"]);
  const renamed = { ...half, credentialId, name: "site", username: "oscar" };
  assert.deepEqual(await refusedFor(updateCredential(oscar, renamed)), ["username"]);
  const typed = { ...renamed, name: "site", username: "root", password: "ssh-pass-2" };
  await updateCredential(oscar, typed);
  await assert.rejects(testConnection(oscar, { ...rogue, credentialId }), {
    code: "ssh.unreachable",
  });
  await updateCredential(ada, { ...typed, password: "ssh-pass-1" });
  assert.deepEqual(await refusedFor(testConnection(oscar, { ...rogue, credentialId })), [
    "credentialId",
  ]);
});

test("a new node gets the MetaDB's password from an administrator, or from who types it", async () => {
  const own = await createCredential(oscar, { ...login, name: "for a machine of his own" });
  const site = await getDeployment(oscar, { deploymentId });
  const [region] = draft("site", [node(rogue.host, own.id, rogue.port, "E")]).regions;
  const { passwordId: _, ...metadb } = site.metadb;
  const document = {
    ...{ deploymentId, name: "site", version: "3.3.0" },
    regions: region ? [{ ...region, id: site.regions[0]?.id }] : [],
  };
  assert.deepEqual(await refusedFor(updateDeployment(oscar, { ...document, metadb })), [
    "metadb.password",
  ]);
  const known = site.regions.map((one) => ({ ...one, heartbeatServer: null }));
  await updateDeployment(oscar, { ...document, metadb, regions: known, name: "site, renamed" });
  await updateDeployment(ada, { ...document, metadb });
});

test("a password that was discovered is for its server, and for the node that it was found on", async () => {
  const own = await createCredential(oscar, { ...login, name: "third" });
  const found = node("10.9.0.1", own.id);
  const keep = () =>
    transaction((tx) =>
      keepDiscovered(tx, new Secret("meta-pass-2"), {
        server: { host: "10.0.0.9", port: 2883, user: "root" },
        foundOn: hostOf(found.ssh),
      }),
    );
  let number = 0;
  const register = (passwordId: SecretId, change: object, nodes = [found]) => {
    const { metadb, ...rest } = draft(`found ${number++}`, nodes);
    const { password: _, ...server } = { ...metadb, user: "root", passwordId, ...change };
    return createDeployment(oscar, { ...rest, metadb: server });
  };
  const id = await keep();
  for (const change of [{ host: "203.0.113.66" }, { port: 3306 }, { user: "other" }]) {
    assert.deepEqual(await refusedFor(register(id, change)), ["metadb.password"]);
  }
  const more = [found, node(rogue.host, own.id, rogue.port, "E")];
  assert.deepEqual(await refusedFor(register(id, {}, more)), ["metadb.password"]);
  await register(id, {});
  assert.deepEqual(await refusedFor(register(id, {})), ["metadb.password"], "it works once");
});

test("the audit has whoever was spoken to, before they were", async () => {
  await assert.rejects(fetchHostKey(oscar, { host: "127.0.0.1", port: 2 }), {
    code: "ssh.unreachable",
  });
  const { entries } = await listAudit(ada, { targetId: "127.0.0.1:2" });
  const seen = new Set(entries.map(({ action, actor }) => `${action} by ${actor.name}`));
  assert.ok(seen.has("host.fetch-key by Oscar"));
  assert.ok(seen.has("host.test by Oscar"));
});
