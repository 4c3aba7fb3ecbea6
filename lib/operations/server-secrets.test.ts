import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { after, before, test } from "node:test";
import type { DeploymentDraft } from "#lib/domain/deployment-input.ts";
import type { CredentialId, DeploymentId } from "#lib/domain/ids.ts";
import { english } from "#lib/i18n/english.ts";
import { Authority, type Issued } from "#lib/metadb/tests/certificates.ts";
import { RequestInvalid } from "#lib/services/request-invalid.ts";
import { db } from "#lib/store/client.ts";
import { secrets } from "#lib/store/secrets.ts";
import { ada, temporaryStore } from "#lib/store/tests/fixtures.ts";
import { listAudit } from "./audit.ts";
import { createCredential } from "./credentials.ts";
import {
  createDeployment,
  deleteDeployment,
  getDeployment,
  updateDeployment,
} from "./deployments.ts";

type ServerDraft = DeploymentDraft["metadb"];

let close: () => Promise<void>;
let credentialId: CredentialId;
let ca: string;
let otherCa: string;
let client: Issued;
let otherClient: Issued;
before(async () => {
  close = await temporaryStore();
  const login = {
    name: "root",
    username: "root",
    method: "password" as const,
    password: "ssh-pass-1",
  };
  credentialId = (await createCredential(ada, { ...login, sudoPassword: "" })).id;
  const [site, other] = [new Authority("The site's CA"), new Authority("Another CA")];
  [ca, otherCa] = [site.ca, other.ca];
  [client, otherClient] = [site.issue("oms"), other.issue("oms")];
  for (const one of [site, other]) one.remove();
});
after(() => close());

const publicKey = () => {
  const pair = generateKeyPairSync("rsa", { modulusLength: 1024 });
  return pair.publicKey.export({ type: "spki", format: "pem" }).toString();
};

/** A document whose MetaDB and heartbeat server are registered alike. */
function documentOf(server: Partial<ServerDraft>, name = "site"): DeploymentDraft {
  const at = { host: "10.0.0.9", port: 2883, user: "root", ...server };
  const node = {
    ...{ name: "hz-1", address: "10.0.0.1", containerName: "oms_330" },
    ssh: { host: "10.0.0.1", credentialId, hostKeyFingerprint: `SHA256:${"A".repeat(43)}` },
  };
  return {
    ...{ name, version: "3.3.0" },
    metadb: { ...at, rmDatabase: "rm", cmDatabase: "cm" },
    regions: [
      {
        ...{ name: "hz", location: 0, isDefault: true, cmUrl: "", heartbeatDatabase: "hb" },
        ...{ heartbeatServer: { ...at, host: `${at.host}9` }, nodes: [node] },
      },
    ],
  } as DeploymentDraft;
}

/** Registers it, changes both servers, and tells what was said to that: a word per field, or null. */
async function change(from: Partial<ServerDraft>, to: Partial<ServerDraft>) {
  const id = await createDeployment(ada, documentOf({ password: "meta-pass-1", ...from }));
  const secretsBefore = await db().secret.count();
  try {
    const [{ id: regionId, nodes } = { nodes: [] }] = (
      await getDeployment(ada, { deploymentId: id })
    ).regions;
    const document = documentOf({ ...from, tls: keptTls(from), ...to });
    Object.assign(document.regions[0] ?? {}, { id: regionId, nodes });
    await updateDeployment(ada, { deploymentId: id, ...document });
    return { fields: null, inventory: await getDeployment(ada, { deploymentId: id }) };
  } catch (error) {
    if (!(error instanceof RequestInvalid)) throw error;
    assert.equal(await db().secret.count(), secretsBefore, "what was refused has left nothing");
    return { fields: error.fields, inventory: await getDeployment(ada, { deploymentId: id }) };
  } finally {
    await deleteDeployment(ada, { deploymentId: id });
  }
}

/** What a form sends of stored parts: nothing. */
const keptTls = ({ tls }: Partial<ServerDraft>) => tls && { mode: tls.mode };

test("parts are sealed, kept when they are not given, replaced, and forgotten when that is said", async () => {
  const tls = { mode: "verify-ca", ca, certificate: client.cert, key: client.key } as const;
  const none = await db().secret.count();
  const id = await createDeployment(ada, documentOf({ password: "meta-pass-1", tls }));
  assert.equal(await db().secret.count(), none + 2 * 4);
  const before = await getDeployment(ada, { deploymentId: id });
  const { caId, publicKeyId } = before.metadb.tls;
  assert.equal(publicKeyId, null);
  assert.equal((await secrets.get(caId!)).reveal(), ca);

  const update = async (server: Partial<ServerDraft>) => {
    const document = documentOf(server);
    const { id: regionId, nodes } = before.regions[0]!;
    Object.assign(document.regions[0]!, { id: regionId, nodes });
    await updateDeployment(ada, { deploymentId: id, ...document });
    return getDeployment(ada, { deploymentId: id });
  };
  const same = await update({ tls: { mode: "verify-ca", ca } });
  assert.deepEqual(same.metadb, before.metadb);
  assert.deepEqual(same.regions, before.regions);
  const replaced = await update({ password: "x", tls: { mode: "verify-ca", ca: otherCa } });
  assert.deepEqual(replaced.metadb, before.metadb);
  assert.equal((await secrets.get(caId!)).reveal(), otherCa);
  const without = await update({ tls: { mode: "verify-ca", certificate: null, key: null } });
  assert.equal(without.metadb.tls.keyId, null);
  assert.equal(await db().secret.count(), none + 2 * 2);
  const off = await update({ password: "x", tls: { mode: "off" } });
  assert.equal(off.metadb.tls.caId, caId, "what a plan of before goes by is there");
  await update({ password: "x", tls: { mode: "off", ca: null } });
  assert.equal(await db().secret.count(), none + 2);

  const { entries } = await listAudit(ada, { targetId: id });
  assert.doesNotMatch(JSON.stringify(entries), /BEGIN|meta-pass/);
  assert.deepEqual(entries[2]?.detail.secretsTyped, [
    ...["metadb certificate", "metadb key"],
    ...["heartbeat of hz: certificate", "heartbeat of hz: key"],
  ]);
  await deleteDeployment(ada, { deploymentId: id });
  assert.equal(await db().secret.count(), none);
});

test("a password is kept only for the server that it was typed for", async () => {
  const off = { tls: { mode: "off" } } as const;
  const verified = { tls: { mode: "verify-ca", ca } } as const;
  const key = publicKey();
  const keyed = { tls: { mode: "off", publicKey: key } } as const;
  const cases: [string, Partial<ServerDraft>, Partial<ServerDraft>, boolean][] = [
    ["nothing", verified, {}, false],
    ["another host", off, { host: "203.0.113.66" }, true],
    ["another port", off, { port: 3306 }, true],
    ["another user", off, { user: "root@other" }, true],
    ["more of TLS, for whatever is offered", off, { tls: { mode: "preferred" } }, false],
    ["the name as well", verified, { tls: { mode: "verify-full" } }, false],
    ["the same CA", verified, { tls: { mode: "verify-ca", ca } }, false],
    ["another CA", verified, { tls: { mode: "verify-ca", ca: otherCa } }, true],
    ["a first CA", off, { tls: { mode: "verify-full", ca } }, true],
    ["a server that is to be believed", off, { tls: { mode: "required" } }, true],
    ["less of TLS", verified, { tls: { mode: "required" } }, true],
    ["no TLS", { tls: { mode: "preferred" } }, off, true],
    ["a public key", off, keyed, true],
    ["another public key", keyed, { tls: { mode: "off", publicKey: publicKey() } }, true],
    ["the same public key", keyed, keyed, false],
    ["no public key", keyed, { tls: { mode: "off", publicKey: null } }, false],
    ["a document from before TLS", verified, { tls: undefined }, true],
  ];
  for (const [what, from, to, asked] of cases) {
    const { fields, inventory } = await change(from, to);
    assert.deepEqual(
      fields?.map(({ path }) => path) ?? null,
      asked ? ["metadb.password"] : null,
      what,
    );
    if (asked) assert.match(english(fields?.[0]?.message ?? ""), /^Enter the password again/);
    if (asked) assert.equal(inventory.metadb.host, "10.0.0.9");
    const again = await change(from, { ...to, password: "meta-pass-2" });
    assert.equal(again.fields, null, what);
  }
});

test("a heartbeat's server alone is held to the same", async () => {
  const id = await createDeployment(ada, documentOf({ password: "meta-pass-1" }));
  const [region] = (await getDeployment(ada, { deploymentId: id })).regions;
  const document = documentOf({});
  Object.assign(document.regions[0]!, { id: region!.id, nodes: region!.nodes });
  document.regions[0]!.heartbeatServer!.host = "203.0.113.66";
  await assert.rejects(
    updateDeployment(ada, { deploymentId: id, ...document }),
    (error: RequestInvalid) => {
      assert.deepEqual(
        error.fields.map(({ path }) => path),
        ["regions.0.heartbeatServer.password"],
      );
      return true;
    },
  );
  await deleteDeployment(ada, { deploymentId: id });
});

test("what no handshake could use is refused at its field", async () => {
  const damaged = ca.replace(/\n.{10}/, "\nAAAAAAAAAA");
  const ec = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).publicKey;
  const cases: [ServerDraft["tls"], Record<string, RegExp>][] = [
    [{ mode: "verify-ca" }, { ca: /^Enter the CA/ }],
    [{ mode: "verify-full", ca: damaged }, { ca: /damaged/ }],
    [{ mode: "verify-full", ca: ca + damaged }, { ca: /damaged/ }],
    [{ mode: "required", key: client.key }, { certificate: /^Enter the certificate/ }],
    [{ mode: "required", certificate: client.cert }, { key: /^Enter the private key/ }],
    [
      { mode: "required", certificate: client.cert, key: otherClient.key },
      { key: /does not match/ },
    ],
    [
      { mode: "off", publicKey: ec.export({ type: "spki", format: "pem" }).toString() },
      { publicKey: /RSA/ },
    ],
  ];
  for (const [tls, words] of cases) {
    const refused = createDeployment(ada, documentOf({ password: "x", tls }, "refused"));
    await assert.rejects(refused, ({ fields }: RequestInvalid) => {
      const [[part, message] = ["", /./]] = Object.entries(words);
      assert.deepEqual(
        fields.map(({ path }) => path),
        [`metadb.tls.${part}`],
      );
      assert.match(english(fields[0]!.message), message);
      return true;
    });
  }
  // What a mode does not use is not looked at either.
  const id: DeploymentId = await createDeployment(
    ada,
    documentOf({ password: "x", tls: { mode: "preferred", ca: damaged } }, "unused"),
  );
  assert.equal((await getDeployment(ada, { deploymentId: id })).metadb.tls.caId, null);
});
