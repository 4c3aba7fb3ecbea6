import { attachBackupDisk, createDisk, type Login, writeHostKey } from "./host/disk.ts";
import { daemonSettings } from "./host/docker-engine.ts";
import type { LabHost } from "./host/lab-host.ts";
import type { OmsImage } from "./image/build-image.ts";
import { copyDockerFolder } from "./image/loaded-docker.ts";
import type { Lab } from "./lab-object.ts";
import { admitOnly, createHostNetwork } from "./network.ts";
import { dockerRunCommand, writeNodeData } from "./oms.ts";
import type { LabOptions } from "./options.ts";
import { waitUntil } from "./shell.ts";
import type { LabNames } from "./state.ts";

/** What all hosts of a lab share. */
export interface SharedByHosts {
  lab: Lab;
  names: LabNames;
  options: LabOptions;
  logins: { root: Login; admin: Login };
  /** Of the releases on the way, and of the new one. */
  newImages: readonly OmsImage[];
  /** The Docker folder a host begins with. */
  dockerFolder: (host: string) => string;
  certificate: { crt: string; key: string } | undefined;
}

/** Makes a host's disk and network and powers it on; done when its Docker Engine answers. */
export async function createHost(
  shared: SharedByHosts,
  { host, index }: { host: LabHost; index: number },
): Promise<void> {
  const { lab, names, options } = shared;
  const region = options.regions.find(({ nodes }) => nodes.includes(host.name));
  if (region === undefined) throw new Error(`${host.name} is in no region`);
  const disk = await createDisk(host.dir, {
    name: host.name,
    logins: shared.logins,
    tools: options.hostTools,
    ...(options.docker ? { daemonJson: daemonSettings(`${names.cgroup}/${host.name}`) } : {}),
  });
  host.hostKeyFingerprint = await writeHostKey(disk, host.name);
  if (options.docker) await copyDockerFolder(shared.dockerFolder(host.name), disk.plain.docker);
  writeNodeData(disk, options, {
    host: host.name,
    region,
    addresses: region.nodes.map((node) => lab.host(node).address),
    metadb: lab.metadbOf(region),
    mainMetadb: lab.metadb,
    newImages: shared.newImages,
    certificate: shared.certificate,
  });
  if (options.backupDiskMegabytes > 0) await attachBackupDisk(disk, options.backupDiskMegabytes);
  await createHostNetwork(names, { name: host.name, address: host.address, index });
  if (options.bastion) await admitOnly(host.netns, lab.bastion.address, host.sshPort);
  await host.boot();
  if (options.docker) await host.waitForDocker();
}

/** A host with an SSH server and nothing else. */
export async function createBastion(
  { lab, names, logins }: SharedByHosts,
  index: number,
): Promise<void> {
  const { bastion } = lab;
  const disk = await createDisk(bastion.dir, { name: bastion.name, logins });
  bastion.hostKeyFingerprint = await writeHostKey(disk, bastion.name);
  await createHostNetwork(names, { name: bastion.name, address: bastion.address, index });
  await bastion.boot();
}

/** Starts the old release as sites do, and waits until it is healthy. */
export async function startOldContainer(host: LabHost, options: LabOptions): Promise<void> {
  const node = { address: host.address, https: options.https };
  await host.mustExec(dockerRunCommand(options.oldVersion, node));
  await waitUntil(`OMS on ${host.name} to be healthy`, () => host.isHealthy(), { everyMs: 100 });
}
