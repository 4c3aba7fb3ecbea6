import { CredentialId, DeploymentId, NodeId, newId, RegionId, SecretId } from "#lib/domain/ids.ts";
import {
  DeploymentSettings,
  type Inventory,
  type Node,
  type Region,
} from "#lib/domain/inventory.ts";
import { withoutTls } from "#lib/domain/tls.ts";

/** How nodes, regions and the deployment are called. */
export type Names = "short" | "long" | "chinese";

export interface Fleet {
  nodes: number;
  names: Names;
  /** 3.2.2, from which several hops lead to 3.3.1; else 3.3.0. */
  chain?: boolean;
  /** Said in the deployment's name, so that several fit into one database. */
  about: string;
}

const regionNames: Record<Names, readonly [string, string]> = {
  short: ["cn-hangzhou", "cn-heilongjiang"],
  long: [
    fill("cn-hangzhou-economic-and-technological-development-zone-data-centre"),
    fill("cn-heilongjiang-harbin-new-district-data-centre-of-the-second-phase"),
  ],
  chinese: ["杭州", "黑龙江"],
};

const nodeName: Record<Names, (region: 0 | 1, number: number) => string> = {
  short: (region, number) => `${region === 0 ? "hz" : "hlj"}-${number}`,
  long: (region, number) =>
    fill(`${region === 0 ? "hangzhou" : "harbin"}-production-oms-node-${number}-rack`),
  chinese: (region, number) => `${region === 0 ? "杭州生产" : "哈尔滨生产"}节点 ${number} 号`,
};

const deploymentName: Record<Names, (about: string) => string> = {
  short: (about) => `OMS Hangzhou, ${about}`,
  long: (about) => fill(`OMS of the settlement department, ${about},`),
  chinese: (about) => `结算部数据迁移服务 ${about}`,
};

/**
 * A deployment in two regions that has no hosts behind it: the addresses are of a network that is
 * kept for benchmarks (RFC 2544), and whoever tries SSH is refused at once by this machine.
 */
export function fleet({ nodes, names, chain = false, about }: Fleet): Inventory {
  const inFirst = Math.ceil(nodes / 2);
  const credentialId = newId(CredentialId, "crd");
  const region = (at: 0 | 1, count: number): Region => ({
    id: newId(RegionId, "reg"),
    name: regionNames[names][at],
    location: at + 1,
    isDefault: at === 0,
    cmUrl: `http://198.18.${at}.1:8088`,
    heartbeatDatabase: `oms_cm_hb_${at + 1}`,
    heartbeatServer: null,
    bastion: null,
    nodes: Array.from(
      { length: count },
      (_, index): Node => ({
        id: newId(NodeId, "nod"),
        name: nodeName[names](at, index + 1),
        address: `198.18.${at}.${index + 1}`,
        containerName: chain ? "oms_322" : "oms_330",
        ssh: {
          host: "127.0.0.1",
          port: 1,
          credentialId,
          hostKeyFingerprint: `SHA256:${"A".repeat(43)}`,
        },
      }),
    ),
  });
  return {
    id: newId(DeploymentId, "dep"),
    name: deploymentName[names](about),
    version: chain ? "3.2.2" : "3.3.0",
    revision: 1,
    metadb: {
      host: "198.18.9.1",
      port: 2883,
      user: "root@oms#obcluster",
      passwordId: newId(SecretId, "sec"),
      tls: withoutTls,
      rmDatabase: "oms_rm",
      cmDatabase: "oms_cm",
    },
    settings: DeploymentSettings.parse({}),
    regions: nodes === 1 ? [region(0, 1)] : [region(0, inFirst), region(1, nodes - inFirst)],
  };
}

/** As long as a name may be. */
function fill(text: string): string {
  return `${text}-${"x".repeat(80)}`.slice(0, 80);
}
