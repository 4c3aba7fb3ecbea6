import { readdirSync, readFileSync } from "node:fs";

/** Between two looks, milliseconds: shorter than any stage of the stand-in's initialisation. */
const everyMs = 100;

/**
 * Looks at the machine's processes for initialisations in a lab's containers: two at once would damage
 * the metadata, whoever started them.
 */
export class InitWatch {
  readonly #cgroup: string;
  readonly #timer: NodeJS.Timeout;
  /** The most that were seen at the same time. */
  most = 0;

  constructor(labId: string) {
    this.#cgroup = `/uplift-lab-${labId}/`;
    this.#timer = setInterval(() => {
      this.most = Math.max(this.most, this.#count());
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #count(): number {
    return readdirSync("/proc").filter((entry) => /^\d+$/.test(entry) && this.#isInit(entry))
      .length;
  }

  #isInit(pid: string): boolean {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      if (words[0] !== "node" || words[1] !== "/opt/oms/docker-init.js") return false;
      return readFileSync(`/proc/${pid}/cgroup`, "utf8").includes(this.#cgroup);
    } catch {
      return false; // It ended while we looked.
    }
  }
}
