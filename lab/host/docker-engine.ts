import { readFileSync } from "node:fs";
import { request } from "node:http";

const capSysResource = 1n << 24n;

function machineMayRaiseLimits(): boolean {
  const effective = /^CapEff:\s*([0-9a-f]+)/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return effective !== undefined && (BigInt(`0x${effective}`) & capSysResource) !== 0n;
}

/** The settings of a host's Docker Engine. `--net host` containers need none of its networking. */
export function daemonSettings(cgroup: string): object {
  return {
    iptables: false,
    "ip-masq": false,
    bridge: "none",
    "storage-driver": "overlay2",
    // A tree of its own, so that the lab can be removed with all its cgroups.
    "cgroup-parent": `/${cgroup}`,
    "exec-opts": ["native.cgroupdriver=cgroupfs"],
    ...(machineMayRaiseLimits()
      ? {}
      : {
          runtimes: { lab: { path: "/usr/local/sbin/lab-oci" } },
          "default-runtime": "lab",
        }),
  };
}

/** Asks a Docker Engine's socket whether it is there. */
export function pingDocker(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: "/_ping", timeout: 2000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    asked.on("error", () => resolve(false));
    asked.on("timeout", () => asked.destroy());
    asked.end();
  });
}
