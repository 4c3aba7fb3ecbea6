import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lab } from "#lab/lab.ts";
import { containerName, imageName } from "#lab/options.ts";

/** Upgrades the lab with the plain shell script. @throws with what it printed when it fails */
export async function runPlainScript(lab: Lab): Promise<void> {
  const { regions, databases, oldVersion, newVersion } = lab.options;
  const work = mkdtempSync(join(tmpdir(), "uplift-plain-"));
  const address = (name: string | undefined) => lab.host(name ?? "").address;
  const ordered = [...regions].sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
  const central = ordered[0]?.nodes ?? [];
  // The same databases on the same nodes as the product's plan has them.
  const dumps = [
    `${address(central[0])}:${databases.rm}`,
    `${address(central[1 % central.length])}:${databases.cm}`,
    ...ordered.map((region) => `${address(region.nodes.at(-1))}:${region.heartbeatDatabase}`),
  ];
  const child = spawn(join(import.meta.dirname, "plain-upgrade.sh"), {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODES: ordered.flatMap(({ nodes }) => nodes.map(address)).join(" "),
      INIT_NODES: ordered.map(({ nodes }) => address(nodes[0])).join(" "),
      DUMPS: dumps.join(" "),
      HEARTBEATS: ordered.map((region) => region.heartbeatDatabase).join(" "),
      KEY: lab.allHosts[0]?.users.root.privateKeyPath ?? "",
      WORK: work,
      METADB_HOST: lab.metadb.host,
      METADB_PORT: String(lab.metadb.port),
      METADB_USER: lab.metadb.user,
      METADB_PASSWORD: lab.metadb.password,
      RM: databases.rm,
      DUMP_OPTIONS:
        lab.options.hostTools === "mysql"
          ? "--set-gtid-purged=OFF --no-tablespaces --skip-masking-policies"
          : "",
      OLD: containerName(oldVersion),
      NEW: containerName(newVersion),
      IMAGE: imageName(newVersion),
    },
  });
  let said = "";
  child.stdout.on("data", (data: Buffer) => {
    said += data.toString();
  });
  child.stderr.on("data", (data: Buffer) => {
    said += data.toString();
  });
  // Not "close": the shared SSH connections outlive the script and keep its pipes open.
  const [code] = (await once(child, "exit")) as [number | null];
  child.stdout.destroy();
  child.stderr.destroy();
  rmSync(work, { recursive: true, force: true });
  if (code !== 0) throw new Error(`the plain script ended with ${code}: ${said}`);
}
