import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type HostDisk, linkOrCopy } from "./host/disk.ts";
import type { OmsImage } from "./image/build-image.ts";
import type { Metadb } from "./metadb/metadb.ts";
import {
  archiveOnHost,
  containerName,
  imageName,
  type LabOptions,
  type RegionOptions,
} from "./options.ts";
import { quote, run } from "./shell.ts";

/** A JSON string is a YAML double-quoted scalar, whatever is in it. */
const yaml = (text: string) => JSON.stringify(text);
/** Without quotes where none are needed. */
const plainly = (text: string) => (/^\w+$/.test(text) ? text : yaml(text));

interface NodePlace {
  host: string;
  region: RegionOptions;
  /** Of the region's nodes, in order. */
  addresses: readonly string[];
  /** Where the region's config.yaml points. */
  metadb: Metadb;
}

/** The node's config.yaml, written as sites write it: by several hands, with keys no tool knows. */
function configYaml(options: LabOptions, place: NodePlace): string {
  const { region, metadb } = place;
  const isFourOrLater = Number(options.oldVersion.split(".")[0]) >= 4;
  return `# OMS ${region.name}, kept by the operations team
oms_meta_host: ${metadb.host}
oms_meta_port: ${metadb.port}
oms_meta_user: ${yaml(metadb.user)}
oms_meta_password: ${yaml(metadb.password)}

drc_rm_db: ${plainly(options.databases.rm)}
drc_cm_db: ${options.databases.cm.includes("'") ? yaml(options.databases.cm) : `'${options.databases.cm}'`}
drc_cm_heartbeat_db: ${plainly(region.heartbeatDatabase)}

drc_user: drc_user   # not used by an upgrade
drc_password: "drc#pass: word"

cm_url: http://${place.addresses[0]}:8088
cm_location: ${region.location}
cm_region: ${region.name}
cm_region_cn: ${region.nameCn}
cm_is_default: ${region.isDefault}
cm_nodes:
${place.addresses.map((address) => `  - ${address}`).join("\n")}

tsdb_enabled: ${options.configDifferences.includes(place.host)}
tsdb_service: 'INFLUXDB'
tsdb_url: '${place.addresses[0]}:8086'
tsdb_username: user_influx
tsdb_password: '********'
site_ticket: ops-4711
${isFourOrLater ? "ghana_server_port: 8090\nnginx_server_port: 8089\ncm_server_port: 8088\nsupervisor_server_port: 9000\nsshd_server_port: 2023\n" : ""}`;
}

/** A self-signed certificate for the consoles of a lab. */
export async function createCertificate(dir: string): Promise<{ crt: string; key: string }> {
  const files = { crt: join(dir, "oms_server.crt"), key: join(dir, "oms_server.key") };
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  await run([
    ...["openssl", "req", "-x509", ...curve, "-days", "365", "-subj", "/CN=oms.lab"],
    ...["-keyout", files.key, "-out", files.crt],
  ]);
  return files;
}

/** Puts onto a host's /data what a site has there before an upgrade. */
export function writeNodeData(
  disk: HostDisk,
  options: LabOptions,
  node: NodePlace & {
    newImages: readonly Pick<OmsImage, "version" | "archive">[];
    certificate?: { crt: string; key: string } | undefined;
    mainMetadb: Metadb;
  },
): void {
  const { data } = disk.plain;
  const oms = join(data, "oms");
  for (const folder of ["oms_logs", "oms_store", "oms_run/lab-faults"])
    mkdirSync(join(oms, folder), { recursive: true });
  writeFileSync(join(data, "config.yaml"), configYaml(options, node), { mode: 0o600 });
  writeFileSync(join(oms, "oms_run/lab-init-seconds"), `${options.initSeconds}\n`);
  if (node.metadb !== node.mainMetadb) {
    const { host, port, user, password } = node.mainMetadb;
    const file = join(oms, "oms_run/lab-main-metadb.json");
    writeFileSync(file, JSON.stringify({ host, port, user, password }));
  }
  if (node.certificate) {
    copyFileSync(node.certificate.crt, join(oms, "https_crt"));
    copyFileSync(node.certificate.key, join(oms, "https_key"));
  }
  mkdirSync(join(data, "images"));
  for (const { version, archive } of node.newImages)
    linkOrCopy(archive, join(data, archiveOnHost(version).replace(/^\/data\//, "")));
}

/** The `docker run` with which sites start a release, word for word. */
export function dockerRunCommand(
  version: string,
  node: { address: string; https: boolean; isUpgrade?: boolean },
): string {
  const mounts = [
    "/data/config.yaml:/home/admin/conf/config.yaml",
    "/data/oms/oms_logs:/home/admin/logs",
    "/data/oms/oms_store:/home/ds/store",
    "/data/oms/oms_run:/home/ds/run",
  ];
  if (node.https)
    mounts.push(
      "/data/oms/https_crt:/etc/pki/nginx/oms_server.crt",
      "/data/oms/https_key:/etc/pki/nginx/oms_server.key",
    );
  return [
    "docker run -dit --net host --privileged=true --pids-limit -1 --ulimit nproc=65535:65535",
    ...mounts.map((mount) => `-v ${mount}`),
    `-e OMS_HOST_IP=${node.address}`,
    ...(node.isUpgrade ? ["-e IS_UPGRADE=true"] : []),
    `--name ${containerName(version)} ${quote(imageName(version))}`,
  ].join(" ");
}
