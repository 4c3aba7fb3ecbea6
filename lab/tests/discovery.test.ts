import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { type Lab, type LabHost, startLab } from "#lab/lab.ts";
import { Product } from "#lab/product/product.ts";
import type { Discovery } from "#lib/domain/discovery.ts";

let lab: Lab;
let product: Product;
let host: LabHost;
let credentialId: string;

before(async () => {
  lab = await startLab();
  host = lab.host("hz-1");
  product = await Product.start();
  const { id } = await product.ask<{ id: string }>("POST", "/credentials", {
    name: "root",
    username: "root",
    method: "key",
    privateKey: readFileSync(host.users.root.privateKeyPath, "utf8"),
  });
  credentialId = id;
});

after(async () => {
  await product?.stop();
  await lab?.stop();
});

const discover = (more: Record<string, unknown> = {}) =>
  product.api("POST", "/deployments/discover", {
    host: host.address,
    port: 22,
    credentialId,
    hostKeyFingerprint: host.hostKeyFingerprint,
    ...more,
  });

test("the key that a host presents is shown before anything is trusted", async () => {
  const key = await product.ask<{ fingerprint: string }>("POST", "/host-keys", {
    host: host.address,
    port: 22,
  });
  assert.equal(key.fingerprint, host.hostKeyFingerprint);
});

test("one node tells the whole deployment, but for the other region", async () => {
  const { status, body } = await discover();
  assert.equal(status, 200, JSON.stringify(body));
  const found = body as Extract<Discovery, { outcome: "found" }>;
  assert.equal(found.outcome, "found");
  const { proposal } = found;
  assert.equal(proposal.version, "3.3.0");
  assert.equal(proposal.node.containerName, "oms_330");
  assert.equal(proposal.node.address, host.address);
  assert.equal(proposal.region.name, "cn-hangzhou");
  assert.equal(proposal.region.isDefault, true);
  assert.equal(proposal.metadb.host, lab.metadb.host);
  assert.equal(proposal.metadb.rmDatabase, "oms_rm");
  assert.equal(proposal.metadb.trouble, null);
  assert.ok(proposal.mounts.some(({ target }) => target === "/home/admin/conf/config.yaml"));
  const [other] = proposal.otherNodes;
  assert.equal(other?.address, lab.host("hz-2").address);
  assert.equal(other?.hostKey?.fingerprint, lab.host("hz-2").hostKeyFingerprint);
  // The MetaDB's password was read and sealed: it is not in the answer.
  assert.ok(!JSON.stringify(body).includes(JSON.stringify(lab.metadb.password).slice(1, -1)));
});

test("another key than the pinned one stops everything", async () => {
  const { body } = await discover({ hostKeyFingerprint: `SHA256:${"A".repeat(43)}` });
  const problem = body as { code: string; detail: string; remedy: string };
  assert.equal(problem.code, "ssh.host_key_changed");
  assert.match(problem.detail, /AAAA/);
  assert.ok(problem.detail.includes(host.hostKeyFingerprint));
  assert.notEqual(problem.remedy, "");
});

test("a container that is not OMS is named plainly", async () => {
  await host.mustExec(
    `docker run -d --name sleeper --net host --entrypoint sleep ${lab.images.old} 600`,
  );
  const { body } = await discover({ containerName: "sleeper" });
  assert.equal((body as { code: string }).code, "container.not_oms");
  await host.mustExec("docker rm -f sleeper");
});
