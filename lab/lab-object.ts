import { join } from "node:path";
import { LabHost } from "./host/lab-host.ts";
import { Metadb, type MetadbServerOptions } from "./metadb/metadb.ts";
import { type MetadbSnapshot, together } from "./metadb/snapshot.ts";
import { archiveOnHost, imageName, type LabOptions, type RegionOptions } from "./options.ts";
import { removeLab } from "./remove.ts";
import { type LabNames, setOwner } from "./state.ts";

export interface HostRecord {
  name: string;
  address: string;
  index: number;
}

/** What must be known to work with a running lab; kept in its `lab.json`, so another process can, too. */
export interface LabRecord {
  names: LabNames;
  options: Omit<LabOptions, "log">;
  hosts: readonly HostRecord[];
  bastion: HostRecord | null;
  /** The main server first; the second when a region's heartbeat database is there. */
  metadbs: readonly MetadbServerOptions[];
}

export class Lab {
  readonly id: string;
  readonly stateDir: string;
  /** The machine's own address on the lab's network, e.g. "10.77.1.1". */
  readonly bridgeAddress: string;
  readonly options: Omit<LabOptions, "log">;
  readonly hosts: Readonly<Record<string, LabHost>>;
  readonly #bastion: LabHost | null;
  readonly metadb: Metadb;
  readonly secondMetadb: Metadb | undefined;
  readonly images: { old: string; new: string; archivePathOnHost: string };
  private readonly names: LabNames;

  constructor(record: LabRecord) {
    const { names, options } = record;
    const [main, second] = record.metadbs;
    if (main === undefined) throw new Error("a lab has at least one MetaDB");
    this.names = names;
    this.id = names.id;
    this.stateDir = names.stateDir;
    this.bridgeAddress = `${names.subnet}.1`;
    this.options = options;
    const key = (user: string) => join(names.stateDir, "keys", user);
    const users = {
      root: { name: "root", password: options.rootPassword, privateKeyPath: key("root") },
      admin: { name: "admin", password: options.adminPassword, privateKeyPath: key("admin") },
    } as const;
    const hostOf = (host: HostRecord) => {
      const dir = join(names.stateDir, "hosts", host.name);
      return new LabHost({ labId: names.id, dir, users, ...host });
    };
    this.hosts = Object.fromEntries(record.hosts.map((host) => [host.name, hostOf(host)]));
    this.#bastion = record.bastion && hostOf(record.bastion);
    this.metadb = new Metadb(names, main);
    this.secondMetadb = second && new Metadb(names, second);
    this.images = {
      old: imageName(options.oldVersion),
      new: imageName(options.newVersion),
      archivePathOnHost: archiveOnHost(options.newVersion),
    };
  }

  /** The host of that name. Throws when there is none, which a look-up in `hosts` does not. */
  host(name: string): LabHost {
    const host = this.hosts[name];
    if (host === undefined) throw new Error(`the lab has no host ${name}`);
    return host;
  }

  /** The host from which alone the nodes can be reached on port 22; no node itself. */
  get bastion(): LabHost {
    if (this.#bastion === null) throw new Error("the lab has no bastion: start it with one");
    return this.#bastion;
  }

  get allHosts(): LabHost[] {
    return Object.values(this.hosts);
  }

  /** The server that has a region's heartbeat database. */
  metadbOf(region: Pick<RegionOptions, "metadb">): Metadb {
    return region.metadb === "second" && this.secondMetadb ? this.secondMetadb : this.metadb;
  }

  /** All OMS databases of all servers, to compare before with after. */
  async checksum(): Promise<MetadbSnapshot> {
    const servers = this.secondMetadb ? [this.metadb, this.secondMetadb] : [this.metadb];
    return together(...(await Promise.all(servers.map((server) => server.checksum()))));
  }

  /** Lets the lab outlive this process; it stays until `npm run lab:down`. */
  detach(): void {
    setOwner(this.stateDir, undefined);
  }

  /** Removes the lab: processes, networks, mounts, cgroups, disks. Nothing is left but the cache. */
  stop(): Promise<void> {
    return removeLab(this.names);
  }
}
