import type { CompressionWish } from "#lib/domain/compression.ts";
import { defaultSettings } from "#lib/domain/default-settings.ts";
import type { DeploymentDraft } from "#lib/domain/deployment-input.ts";
import type { PresentedKey } from "#lib/domain/discovery.ts";
import type { HaWay } from "#lib/domain/ha-ask.ts";
import type { NodeId, RegionId, SecretId } from "#lib/domain/ids.ts";
import type {
  DatabaseServer,
  DeploymentSettings,
  Inventory,
  SshAccess,
} from "#lib/domain/inventory.ts";
import type { SecondCopy } from "#lib/domain/second-copy.ts";
import type { ServerTls } from "#lib/domain/tls.ts";
import { type TlsMode, type TlsPart, tlsParts } from "#lib/domain/tls-modes.ts";

/** A MySQL server as the form holds it: numbers are what was typed. */
export interface ServerForm {
  host: string;
  port: string;
  user: string;
  /** Empty: keep what is stored, or what was discovered. */
  password: string;
  /** A discovered password that is sealed already. */
  passwordId?: SecretId;
  /** Whether the store holds a password, so that none need be typed. */
  stored: boolean;
  tls: TlsForm;
}

/** How a server is reached, as typed; an empty text keeps what is stored. */
export interface TlsForm extends Record<TlsPart, string> {
  mode: TlsMode;
  stored: readonly TlsPart[];
  /** Whether there are to be a client certificate with its key, and a public key: else they are forgotten. */
  withCertificate: boolean;
  withPublicKey: boolean;
}

/** How a host is entered, as typed. */
export interface SshForm {
  host: string;
  port: string;
  credentialId: string;
  hostKeyFingerprint: string;
}

/** A host whose key is pinned while somebody looks on. */
export interface EnteredHost {
  ssh: SshForm;
  /** The key that the host showed; it counts when a person has pinned it. */
  presented: PresentedKey | null;
}

export interface NodeForm extends EnteredHost {
  key: string;
  id?: NodeId;
  name: string;
  address: string;
  containerName: string;
}

export interface RegionForm {
  key: string;
  id?: RegionId;
  name: string;
  location: string;
  isDefault: boolean;
  cmUrl: string;
  heartbeatDatabase: string;
  heartbeatServer: ServerForm | null;
  /** What the nodes are reached through; null: directly. */
  bastion: EnteredHost | null;
  nodes: NodeForm[];
}

/** A deployment while somebody edits it. */
export interface DeploymentForm {
  name: string;
  version: string;
  revision?: number;
  metadb: ServerForm & { rmDatabase: string; cmDatabase: string };
  settings: {
    backupDirectory: string;
    compression: CompressionWish;
    rehearseBelowMiB: string;
    refetchMarginMin: string;
    haWay: HaWay;
    secondCopy: SecondCopy;
    keepBackups: string;
    keepBackupDays: string;
    deleteBackups: DeploymentSettings["deleteBackups"];
    restartConsoleAfterHa: boolean;
    unknownMetadb: DeploymentSettings["unknownMetadb"];
    healthTimeoutMin: string;
  };
  regions: RegionForm[];
}

let keys = 0;
/** A React key for a row that has no id yet. */
const nextKey = () => `row-${++keys}`;

export function emptyServer(): ServerForm {
  return { host: "", port: "2883", user: "", password: "", stored: false, tls: emptyTls };
}

const emptyTls: TlsForm = {
  ...{ mode: "preferred", ca: "", certificate: "", key: "", publicKey: "" },
  ...{ stored: [], withCertificate: false, withPublicKey: false },
};

function tlsForm(tls: ServerTls): TlsForm {
  const stored = tlsParts.filter((part) => tls[`${part}Id`] !== null);
  return {
    ...{ ...emptyTls, mode: tls.mode, stored },
    withCertificate: stored.includes("certificate"),
    withPublicKey: stored.includes("publicKey"),
  };
}

/** Whether a part is to be, be it typed or stored. */
export function hasPart(tls: TlsForm, part: TlsPart): boolean {
  const wanted = {
    ...{ ca: true, certificate: tls.withCertificate, key: tls.withCertificate },
    publicKey: tls.withPublicKey,
  };
  return wanted[part] && (tls[part] !== "" || tls.stored.includes(part));
}

function tlsInput(tls: TlsForm) {
  const { mode, ca, certificate, key, publicKey } = tls;
  const client = tls.withCertificate ? { certificate, key } : { certificate: null, key: null };
  return { mode, ca, ...client, publicKey: tls.withPublicKey ? publicKey : null };
}

export function emptyBastion(): EnteredHost {
  return {
    ssh: { host: "", port: "22", credentialId: "", hostKeyFingerprint: "" },
    presented: null,
  };
}

export function emptyNode(like?: NodeForm): NodeForm {
  return {
    key: nextKey(),
    name: "",
    address: "",
    containerName: like?.containerName ?? "",
    ssh: {
      host: "",
      port: like?.ssh.port ?? "22",
      credentialId: like?.ssh.credentialId ?? "",
      hostKeyFingerprint: "",
    },
    presented: null,
  };
}

export function emptyRegion(regions: readonly RegionForm[]): RegionForm {
  const taken = new Set(regions.map((region) => region.location.trim()));
  let location = 0;
  while (taken.has(String(location))) location++;
  return {
    ...{ key: nextKey(), name: "", location: String(location), isDefault: regions.length === 0 },
    ...{ cmUrl: "", heartbeatDatabase: "", heartbeatServer: null, bastion: null },
    nodes: [emptyNode(regions.at(-1)?.nodes.at(-1))],
  };
}

function settingsForm(settings: DeploymentSettings): DeploymentForm["settings"] {
  return {
    ...settings,
    rehearseBelowMiB: String(settings.rehearseBelowMiB),
    refetchMarginMin: String(settings.refetchMarginMin),
    healthTimeoutMin: String(settings.healthTimeoutMin),
    keepBackups: String(settings.keepBackups),
    keepBackupDays: String(settings.keepBackupDays),
  };
}

export function emptyDeployment(): DeploymentForm {
  return {
    ...{ name: "", version: "" },
    metadb: { ...emptyServer(), rmDatabase: "", cmDatabase: "" },
    settings: settingsForm(defaultSettings),
    regions: [emptyRegion([])],
  };
}

/** A registered deployment, to be edited. Its secrets stay in the store. */
export function formOfInventory(inventory: Inventory): DeploymentForm {
  const server = ({ host, port, user, tls }: DatabaseServer) => ({
    ...{ host, port: String(port), user, tls: tlsForm(tls) },
    ...{ password: "", stored: true },
  });
  const { rmDatabase, cmDatabase } = inventory.metadb;
  return {
    ...{ name: inventory.name, version: inventory.version, revision: inventory.revision },
    metadb: { ...server(inventory.metadb), rmDatabase, cmDatabase },
    settings: settingsForm(inventory.settings),
    regions: inventory.regions.map((region) => ({
      ...region,
      key: region.id,
      location: String(region.location),
      heartbeatServer: region.heartbeatServer && server(region.heartbeatServer),
      bastion: region.bastion && enteredHost(region.bastion),
      nodes: region.nodes.map((node) => ({ ...node, key: node.id, ...enteredHost(node.ssh) })),
    })),
  };
}

function enteredHost(ssh: SshAccess): EnteredHost {
  return { ssh: { ...ssh, port: String(ssh.port) }, presented: null };
}

/** An empty box is a missing number, not 0. */
const number = (text: string) => (text.trim() === "" ? undefined : text);

/** How a host is entered, as it is sent. */
export function sshInput(ssh: SshForm) {
  return { ...ssh, port: number(ssh.port) };
}

/** What is sent: the document of lib/domain/deployment-input.ts. */
export function documentOf(form: DeploymentForm): DeploymentDraft {
  const server = ({ stored: _, ...rest }: ServerForm) => ({
    ...{ ...rest, port: number(rest.port), tls: tlsInput(rest.tls) },
  });
  const { rmDatabase, cmDatabase } = form.metadb;
  const { settings } = form;
  return {
    ...{ name: form.name, version: form.version },
    ...(form.revision === undefined ? {} : { revision: form.revision }),
    metadb: { ...server(form.metadb), rmDatabase, cmDatabase },
    settings: {
      ...settings,
      rehearseBelowMiB: number(settings.rehearseBelowMiB) ?? "-",
      refetchMarginMin: number(settings.refetchMarginMin) ?? "-",
      healthTimeoutMin: number(settings.healthTimeoutMin) ?? "-",
      keepBackups: number(settings.keepBackups) ?? "-",
      keepBackupDays: number(settings.keepBackupDays) ?? "-",
    },
    regions: form.regions.map(({ key: _, ...region }) => ({
      ...region,
      location: number(region.location),
      heartbeatServer: region.heartbeatServer && server(region.heartbeatServer),
      bastion: region.bastion && sshInput(region.bastion.ssh),
      nodes: region.nodes.map(({ key: __, presented: ___, ...node }) => ({
        ...node,
        ssh: sshInput(node.ssh),
      })),
    })),
  } as DeploymentDraft;
}

/** The value at a dotted path: `regions.0.nodes.1.ssh.host`. */
export function valueAt(form: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], form);
}

/** A copy with another value at a dotted path. */
export function withValueAt<T>(form: T, path: string, value: unknown): T {
  const [key = "", ...rest] = path.split(".");
  const copy: Record<string, unknown> | unknown[] = Array.isArray(form)
    ? [...form]
    : { ...(form as Record<string, unknown>) };
  const at = copy as Record<string, unknown>;
  at[key] = rest.length === 0 ? value : withValueAt(at[key], rest.join("."), value);
  return copy as T;
}
