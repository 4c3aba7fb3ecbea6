import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildImage, type OmsImage } from "./image/build-image.ts";
import { loadedDockerFolder } from "./image/loaded-docker.ts";
import { Lab, type LabRecord } from "./lab-object.ts";
import { metadbServers, recordOf } from "./lab-record.ts";
import { createLogins } from "./logins.ts";
import { createMetadb } from "./metadb/create-metadb.ts";
import { identifier } from "./metadb/identifier.ts";
import { seededDataDir } from "./metadb/template.ts";
import { createBridge, isSubnetFree } from "./network.ts";
import { createCertificate } from "./oms.ts";
import { completeOptions, type LabOptions } from "./options.ts";
import { removeLab, removeOrphans } from "./remove.ts";
import { forEachLimited } from "./shell.ts";
import { createBastion, createHost, startOldContainer } from "./start-host.ts";
import { claimLab, listLabs, namesOf } from "./state.ts";

export type { LabHost } from "./host/lab-host.ts";
export { Lab } from "./lab-object.ts";
export type { MetadbSnapshot } from "./metadb/snapshot.ts";
export { dockerRunCommand } from "./oms.ts";
export type { LabOptions } from "./options.ts";

/** More at once only wait for each other's disk and processor time. */
const hostsAtOnce = 8;

/**
 * Starts a lab: hosts with SSH and Docker, a seeded MetaDB, the old OMS healthy everywhere. Several can
 * run at once. Labs whose creator has died are removed first.
 */
export async function startLab(given: Partial<LabOptions> = {}): Promise<Lab> {
  const options = completeOptions(given);
  const time = stopwatch(options.log);
  const removed = await removeOrphans();
  if (removed.length > 0) time(`removed what dead labs left: ${removed.join(", ")}`);
  const [{ newImages, dockerFolder }] = await Promise.all([
    prepareImages(options),
    ...metadbServers(options).map((server) => seededDataDir(server.databases, server)),
  ]);
  time("images and MetaDB seed");
  const names = claimLab(isSubnetFree);
  try {
    const record = recordOf(names, options);
    writeFileSync(join(names.stateDir, "lab.json"), JSON.stringify(record));
    const lab = new Lab(record);
    await createBridge(names);
    const logins = await createLogins(names, options);
    const certificate = options.https ? await createCertificate(names.stateDir) : undefined;
    const shared = { lab, names, options, logins, newImages, dockerFolder, certificate };
    const metadbs = startMetadbs(lab, record).then(() => {
      time(`MetaDB ${lab.metadb.host}:${lab.metadb.port}`);
    });
    if (record.bastion) await createBastion(shared, record.bastion.index);
    const hosts = forEachLimited(record.hosts, hostsAtOnce, async ({ name, index }) => {
      const host = lab.host(name);
      await createHost(shared, { host, index });
      time(`host ${name} ${host.address}`);
      await metadbs;
      if (!options.docker || !options.startOld) return;
      await startOldContainer(host, options);
      time(`OMS ${options.oldVersion} healthy on ${name}`);
    });
    // Wait for all, even when one fails: the clean-up must not race with those still at work.
    for (const result of await Promise.allSettled([metadbs, hosts]))
      if (result.status === "rejected") throw result.reason;
    return lab;
  } catch (error) {
    await removeLab(names);
    throw error;
  }
}

/** The lab with that id, started by another process, or the only one that runs. */
export function openLab(id?: string): Lab {
  const labs = id === undefined ? listLabs() : [namesOf(id)];
  const [names] = labs;
  if (names === undefined) throw new Error("no lab is running");
  if (labs.length > 1) throw new Error(`name one lab: ${labs.map((lab) => lab.id).join(", ")}`);
  const record = readFileSync(join(names.stateDir, "lab.json"), "utf8");
  return new Lab(JSON.parse(record) as LabRecord);
}

function stopwatch(log: (line: string) => void): (what: string) => void {
  const start = Date.now();
  return (what) => log(`${((Date.now() - start) / 1000).toFixed(1).padStart(5)} s  ${what}`);
}

/** The images of all releases, and for each host the Docker folder with the right ones loaded. */
async function prepareImages(options: LabOptions) {
  const { imageTools } = options;
  const oldImage = await buildImage(options.oldVersion, imageTools.old);
  const newImages: OmsImage[] = [];
  for (const version of [...options.via, options.newVersion])
    newImages.push(await buildImage(version, imageTools.new));
  const loaded = options.loadNewImage;
  const hasNew = (host: string) => (typeof loaded === "boolean" ? loaded : loaded.includes(host));
  const hosts = options.regions.flatMap(({ nodes }) => nodes);
  const folders = new Map<boolean, string>();
  if (options.docker)
    for (const both of new Set(hosts.map(hasNew)))
      folders.set(both, await loadedDockerFolder(both ? [oldImage, ...newImages] : [oldImage]));
  return { newImages, dockerFolder: (host: string) => folders.get(hasNew(host)) ?? "" };
}

/** Starts the MetaDB servers and tells cm the regions, whose addresses differ from lab to lab. */
async function startMetadbs(lab: Lab, record: LabRecord): Promise<void> {
  await Promise.all(record.metadbs.map((server) => createMetadb(record.names, server)));
  const { cm } = lab.options.databases;
  for (const region of lab.options.regions) {
    const [first] = region.nodes;
    await lab.metadb.query(`insert into ${identifier(cm)}.cm_location values (?, ?, ?, ?, ?)`, [
      region.location,
      region.name,
      region.nameCn,
      `http://${first === undefined ? "" : lab.host(first).address}:8088`,
      Number(region.isDefault),
    ]);
  }
}
