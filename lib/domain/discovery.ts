import type { SecretId } from "./ids.ts";
import type { Text } from "./message.ts";

/** The key a host presents, for a person to compare before it is pinned. */
export interface PresentedKey {
  /** e.g. `ssh-ed25519` */
  type: string;
  /** `SHA256:...` as OpenSSH prints it. */
  fingerprint: string;
}

/** What a connection test found out. */
export interface ConnectionReport {
  hostname: string;
  /** The user who is signed in. */
  user: string;
  /** How commands become root. */
  root: "direct" | "sudo" | "sudo-password";
  /** Null: Docker gave no answer; `dockerTrouble` says why. */
  dockerVersion: string | null;
  dockerTrouble: Text | null;
}

/** Another node that the configuration names, as far as it could be seen from outside. */
export interface NeighbourNode {
  address: string;
  hostKey: PresentedKey | null;
  trouble: Text | null;
}

/** What one node told about the deployment it belongs to. */
export interface DiscoveryProposal {
  /** From the image's tag; null when it names none. */
  version: string | null;
  image: string;
  running: boolean;
  mounts: { source: string; target: string }[];
  /** Whether a certificate is mounted: the console is HTTPS only then. */
  https: boolean;
  configPath: string;
  node: {
    name: string;
    /** OMS_HOST_IP, or the address it was reached under when the container has none. */
    address: string;
    containerName: string;
    ssh: { host: string; port: number; credentialId: string; hostKeyFingerprint: string };
  };
  region: {
    name: string;
    location: number;
    isDefault: boolean;
    cmUrl: string;
    heartbeatDatabase: string;
  };
  metadb: {
    host: string;
    port: number;
    user: string;
    /** The password of config.yaml, sealed; it can be used in one new deployment. */
    passwordId: SecretId;
    rmDatabase: string;
    cmDatabase: string;
    /** What the MetaDB answered through the node. */
    version: string | null;
    trouble: Text | null;
    missingDatabases: string[];
  };
  otherNodes: NeighbourNode[];
  /** Sentences that the user should know of. */
  notes: Text[];
}

export type Discovery =
  | { outcome: "found"; proposal: DiscoveryProposal }
  /** Several containers could be the one; call again with its name. */
  | {
      outcome: "choose";
      why: Text;
      candidates: { name: string; image: string; running: boolean }[];
    };
