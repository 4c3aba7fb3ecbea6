import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { cached, keyOf } from "../cache.ts";
import { createDisk, linkOrCopy, writeHostKey } from "../host/disk.ts";
import { daemonSettings } from "../host/docker-engine.ts";
import { Host } from "../host/host.ts";
import { createHostNetwork } from "../network.ts";
import { run, tryRun } from "../shell.ts";
import { inWorkshop } from "../workshop.ts";
import type { OmsImage } from "./build-image.ts";

const nobody = { passwordHash: "*", publicKey: "" };

/** A Docker Engine's data folder with the images loaded, made once by a real engine. */
export async function loadedDockerFolder(images: readonly OmsImage[]): Promise<string> {
  const key = keyOf(...images.map((image) => image.key));
  const dir = await cached("docker", key, (draft) =>
    inWorkshop(async (names) => {
      const identity = { name: "loader", address: `${names.subnet}.11`, index: 1 };
      const hostDir = join(names.stateDir, "hosts/loader");
      const disk = await createDisk(hostDir, {
        name: "loader",
        logins: { root: nobody, admin: nobody },
        daemonJson: daemonSettings(`${names.cgroup}/loader`),
      });
      await writeHostKey(disk, "loader");
      await createHostNetwork(names, identity);
      const user = { password: "", privateKeyPath: "" };
      const users = { root: { name: "root", ...user }, admin: { name: "admin", ...user } } as const;
      const host = new Host({ labId: names.id, dir: hostDir, users, ...identity });
      await host.boot();
      await host.waitForDocker();
      // By way of the host's own disk: a checkout below /root, /home or /tmp is out of its sight.
      for (const { archive, key } of images) {
        linkOrCopy(archive, join(disk.plain.data, `${key}.tar`));
        await host.mustExec(`docker load -i /data/${key}.tar`);
      }
      await host.stopDocker();
      await run(["cp", "-a", disk.plain.docker, join(draft, "docker")]);
    }),
  );
  return join(dir, "docker");
}

/**
 * Gives a host its own copy. The layers are files nobody writes to, so they are linked and not copied;
 * everything else (databases, indexes) is copied.
 */
export async function copyDockerFolder(template: string, target: string): Promise<void> {
  for (const entry of readdirSync(template)) {
    const [from, to] = [join(template, entry), join(target, entry)];
    const isLinked = entry === "overlay2" && (await tryRun(["cp", "-al", from, to])).code === 0;
    if (!isLinked) {
      await run(["rm", "-rf", to]);
      mkdirSync(target, { recursive: true });
      await run(["cp", "-a", from, to]);
    }
  }
}
