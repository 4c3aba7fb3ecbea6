import assert from "node:assert/strict";
import { test } from "node:test";
import { DeploymentInput } from "#lib/domain/deployment-input.ts";
import type { DiscoveryProposal } from "#lib/domain/discovery.ts";
import type { SecretId } from "#lib/domain/ids.ts";
import { translatorFor } from "#lib/i18n/translator-for-tests.ts";
import { exampleInventory, twoRegions } from "#lib/planner/example-deployments.ts";
import {
  documentOf,
  emptyBastion,
  emptyDeployment,
  emptyRegion,
  formOfInventory,
  withValueAt,
} from "./form-model.ts";
import { namedProblems, problemsOf } from "./form-problems.ts";
import { formOfProposal, regionIsKnown, withProposal } from "./form-proposal.ts";

const t = translatorFor("deployments");
const pem = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n";

const key = `SHA256:${"A".repeat(43)}`;

function proposal(region: string, location: number, first: string, other: string) {
  return {
    version: "3.3.0",
    image: "oms:feature_3.3.0-ce",
    running: true,
    mounts: [],
    https: false,
    configPath: "/data/config.yaml",
    node: {
      name: `host-${first}`,
      address: first,
      containerName: "oms_330",
      ssh: { host: first, port: 22, credentialId: "crd_aaaaaaaaaaaa", hostKeyFingerprint: key },
    },
    region: {
      name: region,
      location,
      isDefault: location === 1,
      cmUrl: `http://${first}:8088`,
      heartbeatDatabase: `hb_${location}`,
    },
    metadb: {
      host: "10.0.0.9",
      port: 3306,
      user: "root@oms#ob",
      passwordId: "sec_aaaaaaaaaaaa" as SecretId,
      rmDatabase: "rm",
      cmDatabase: "cm",
      version: "8.0",
      trouble: null,
      missingDatabases: [],
    },
    otherNodes: [
      { address: other, hostKey: { type: "ssh-ed25519", fingerprint: key }, trouble: null },
    ],
    notes: [],
  } satisfies DiscoveryProposal;
}

const hangzhou = proposal("cn-hangzhou", 1, "10.0.0.1", "10.0.0.2");
const heilongjiang = proposal("cn-heilongjiang", 2, "10.0.0.3", "10.0.0.4");

test("a discovered deployment lacks nothing but the neighbour's pinned key", () => {
  const form = formOfProposal(hangzhou, null);
  assert.deepEqual(problemsOf(form, DeploymentInput, t), {
    "regions.0.nodes.1.ssh.hostKeyFingerprint": "Fetch this host's key and pin it.",
  });
  const pinned = withValueAt(form, "regions.0.nodes.1.ssh.hostKeyFingerprint", key);
  assert.deepEqual(problemsOf(pinned, DeploymentInput, t), {});
  assert.equal(DeploymentInput.parse(documentOf(pinned)).metadb.passwordId, "sec_aaaaaaaaaaaa");
});

test("another region's node adds its region, on the same server or on its own", () => {
  const form = withProposal(formOfProposal(hangzhou, null), heilongjiang, null);
  assert.deepEqual(
    form.regions.map((region) => [region.name, region.isDefault, region.nodes.length]),
    [
      ["cn-hangzhou", true, 2],
      ["cn-heilongjiang", false, 2],
    ],
  );
  assert.equal(form.regions[1]?.heartbeatServer, null);
  const elsewhere = { ...heilongjiang, metadb: { ...heilongjiang.metadb, host: "10.0.0.8" } };
  const apart = withProposal(formOfProposal(hangzhou, null), elsewhere, null);
  assert.equal(apart.regions[1]?.heartbeatServer?.host, "10.0.0.8");
});

test("a node of a known region adds only what is missing", () => {
  const form = formOfProposal(hangzhou, null);
  const again = proposal("cn-hangzhou", 1, "10.0.0.2", "10.0.0.5");
  assert.equal(regionIsKnown(form, again), true);
  const merged = withProposal(form, again, null);
  assert.deepEqual(
    merged.regions[0]?.nodes.map((node) => node.address),
    ["10.0.0.1", "10.0.0.2", "10.0.0.5"],
  );
});

test("an empty form says what is missing, and an empty number is not 0", () => {
  const problems = problemsOf(
    withValueAt(emptyDeployment(), "regions.0.location", ""),
    DeploymentInput,
    t,
  );
  assert.equal(problems["regions.0.location"], "Give a number from 0 to 127.");
  assert.equal(problems["metadb.password"], "Give the password.");
  assert.equal(problems["regions.0.nodes.0.ssh.credentialId"], "Choose a credential.");
});

test("a new region takes a free location", () => {
  const { regions } = emptyDeployment();
  assert.equal(emptyRegion(regions).location, "1");
});

test("a summary names the region and the node", () => {
  const form = formOfProposal(hangzhou, null);
  assert.deepEqual(
    Object.values(
      namedProblems(form, { ...problemsOf(form, DeploymentInput, t), name: "Give one." }, t),
    ),
    ["cn-hangzhou, 10.0.0.2: Fetch this host's key and pin it.", "Give one."],
  );
});

test("a bastion is asked for whole, and sent with its region", () => {
  const bastion = {
    ssh: { host: "jump", port: "2222", credentialId: "crd_aaaaaaaaaaaa", hostKeyFingerprint: key },
    presented: null,
  };
  const form = formOfProposal(hangzhou, bastion);
  const pinned = withValueAt(form, "regions.0.nodes.1.ssh.hostKeyFingerprint", key);
  assert.deepEqual(DeploymentInput.parse(documentOf(pinned)).regions[0]?.bastion, {
    ...{ host: "jump", port: 2222, credentialId: "crd_aaaaaaaaaaaa", hostKeyFingerprint: key },
  });
  const both = withProposal(form, heilongjiang, null);
  assert.deepEqual(
    both.regions.map((region) => region.bastion?.ssh.host ?? null),
    ["jump", null],
  );
  const empty = withValueAt(pinned, "regions.0.bastion", emptyBastion());
  const problems = problemsOf(empty, DeploymentInput, t);
  assert.deepEqual(Object.keys(problems).sort(), [
    "regions.0.bastion.ssh.credentialId",
    "regions.0.bastion.ssh.host",
    "regions.0.bastion.ssh.hostKeyFingerprint",
  ]);
  assert.equal(
    namedProblems(empty, problems, t)["regions.0.bastion.ssh.credentialId"],
    "cn-hangzhou, bastion: Choose a credential.",
  );
});

test("a new server takes the TLS that is offered; a mode's files are asked for and sent as typed", () => {
  const form = formOfProposal(hangzhou, null);
  const pinned = withValueAt(form, "regions.0.nodes.1.ssh.hostKeyFingerprint", key);
  const sent = (one: typeof form) => DeploymentInput.parse(documentOf(one)).metadb.tls;
  assert.equal(sent(pinned).mode, "preferred");

  const verified = withValueAt(pinned, "metadb.tls.mode", "verify-full");
  assert.deepEqual(problemsOf(verified, DeploymentInput, t), {
    "metadb.tls.ca": "Enter the CA certificate.",
  });
  const client = withValueAt(
    withValueAt(withValueAt(verified, "metadb.tls.ca", pem), "metadb.tls.withCertificate", true),
    "metadb.tls.certificate",
    pem,
  );
  assert.deepEqual(problemsOf(client, DeploymentInput, t), {
    "metadb.tls.key": "Enter the private key of this certificate.",
  });
  const broken = withValueAt(verified, "metadb.tls.ca", "/etc/mysql/ca.pem");
  assert.match(problemsOf(broken, DeploymentInput, t)["metadb.tls.ca"] ?? "", /PEM format/);
  const { ca, certificate, key: none } = sent(withValueAt(verified, "metadb.tls.ca", pem));
  assert.deepEqual([ca, certificate, none], [pem, null, null]);
});

test("what is stored of a server's TLS stays, until its tick is taken off", () => {
  const inventory = exampleInventory(twoRegions);
  const id = "sec_aaaaaaaaaaaa" as SecretId;
  Object.assign(inventory.metadb, {
    tls: { mode: "verify-ca", caId: id, certificateId: id, keyId: id, publicKeyId: null },
  });
  const form = formOfInventory(inventory);
  assert.deepEqual(problemsOf(form, DeploymentInput, t), {});
  const sent = (one: typeof form) => DeploymentInput.parse(documentOf(one)).metadb.tls;
  assert.deepEqual(sent(form), {
    ...{ mode: "verify-ca", ca: undefined, certificate: undefined, key: undefined },
    publicKey: null,
  });
  const without = sent(withValueAt(form, "metadb.tls.withCertificate", false));
  assert.deepEqual([without.certificate, without.key], [null, null]);
});
