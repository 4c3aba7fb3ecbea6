import type { DiscoveryProposal } from "#lib/domain/discovery.ts";
import {
  type DeploymentForm,
  type EnteredHost,
  emptyDeployment,
  emptyServer,
  type NodeForm,
  type RegionForm,
} from "./form-model.ts";

/**
 * A new deployment as one of its nodes tells it.
 *
 * @param bastion what that node was reached through; null: directly
 */
export function formOfProposal(
  proposal: DiscoveryProposal,
  bastion: EnteredHost | null,
): DeploymentForm {
  const { metadb } = proposal;
  const form = emptyDeployment();
  return {
    ...form,
    name: `OMS ${proposal.region.name}`,
    version: proposal.version ?? "",
    metadb: {
      ...serverOf(proposal),
      ...{ rmDatabase: metadb.rmDatabase, cmDatabase: metadb.cmDatabase },
    },
    regions: [{ ...regionOf(proposal), bastion, isDefault: true }],
  };
}

/**
 * Adds what another node tells. A node of a region that is there already only adds the nodes that
 * are missing; otherwise its region is new. Its heartbeat database is on another server when its
 * configuration names another one than the deployment's (docs/domain, section 1).
 *
 * @param bastion what the other node was reached through; null: directly
 */
export function withProposal(
  form: DeploymentForm,
  proposal: DiscoveryProposal,
  bastion: EnteredHost | null,
): DeploymentForm {
  const found = regionOf(proposal);
  const known = form.regions.findIndex(
    (region) => region.name === found.name || region.location === found.location,
  );
  const addresses = new Set(
    form.regions.flatMap((region) => region.nodes.map((node) => node.address)),
  );
  const missing = found.nodes.filter((node) => !addresses.has(node.address));
  if (known >= 0) {
    const regions = form.regions.map((region, index) =>
      index === known
        ? { ...region, nodes: [...region.nodes.filter(isFilled), ...missing] }
        : region,
    );
    return { ...form, regions };
  }
  const { host, port } = serverOf(proposal);
  const elsewhere = host !== form.metadb.host || port !== form.metadb.port;
  const region = {
    ...found,
    bastion,
    nodes: missing,
    isDefault: found.isDefault && !form.regions.some((one) => one.isDefault),
    heartbeatServer: elsewhere ? serverOf(proposal) : null,
  };
  return { ...form, regions: [...form.regions, region] };
}

/** Whether adding this proposal would only add nodes to a region that is there. */
export function regionIsKnown(form: DeploymentForm, proposal: DiscoveryProposal): boolean {
  const { name, location } = proposal.region;
  return form.regions.some((one) => one.name === name || one.location === String(location));
}

function serverOf({ metadb }: DiscoveryProposal) {
  const { host, user, passwordId } = metadb;
  return { ...emptyServer(), host, port: String(metadb.port), user, passwordId, stored: true };
}

function regionOf(proposal: DiscoveryProposal): RegionForm {
  const { region, node, otherNodes } = proposal;
  const ssh = { ...node.ssh, port: String(node.ssh.port) };
  const { name, address, containerName } = node;
  const first: NodeForm = {
    ...{ key: `found-${address}`, name, address, containerName, ssh },
    presented: null,
  };
  const others = otherNodes.map(
    (other): NodeForm => ({
      ...{ key: `found-${other.address}`, name: other.address, address: other.address },
      containerName,
      // The key is shown, not pinned: that is a person's decision, node by node.
      ssh: { ...ssh, host: other.address, hostKeyFingerprint: "" },
      presented: other.hostKey,
    }),
  );
  return {
    ...{ key: `found-${region.name}`, name: region.name, location: String(region.location) },
    ...{ isDefault: region.isDefault, cmUrl: region.cmUrl },
    ...{ heartbeatDatabase: region.heartbeatDatabase, heartbeatServer: null, bastion: null },
    nodes: [first, ...others],
  };
}

function isFilled(node: NodeForm): boolean {
  return node.id !== undefined || node.name !== "" || node.address !== "" || node.ssh.host !== "";
}
