import type { Lab } from "./lab-object.ts";
import { programs } from "./metadb/kinds/programs.ts";

/** What an operator must know to work with the lab by hand. */
export function describeLab(lab: Lab): string {
  const { options, metadb } = lab;
  const regions = options.regions.map((region) => {
    const nodes = region.nodes.map((node) => `${node} ${lab.host(node).address}`).join(", ");
    const standing = region.isDefault ? " (default)" : "";
    return `  ${region.name}${standing}: ${nodes}; heartbeats in ${region.heartbeatDatabase}`;
  });
  const [host] = lab.allHosts;
  const users = host ? [host.users.root, host.users.admin] : [];
  return [
    "",
    `Lab ${lab.id}: OMS ${options.oldVersion} (a stand-in), to be upgraded to ${options.newVersion}`,
    ...regions,
    "SSH, port 22:",
    ...users.map(
      (user) => `  ${user.name}  password: ${user.password}  key: ${user.privateKeyPath}`,
    ),
    "  admin uses sudo with that password",
    `MetaDB: ${programs[options.metadb].title}, ${metadb.host}:${metadb.port}  user: ${metadb.user}  password: ${metadb.password}`,
    `  databases: ${metadb.databases.join(", ")}`,
    `  TLS: ${metadb.tls.mode}${"ca" in metadb.tls ? `, with the CA in ${metadb.caFile}` : ""}`,
    `Console: http${options.https ? "s" : ""}://${host?.address ?? ""}:8089`,
    `New image: ${lab.images.new}`,
    `  its archive on every host: ${lab.images.archivePathOnHost}`,
    "",
  ].join("\n");
}
