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
    const inits = new Map(
      readdirSync("/proc")
        .filter((entry) => /^\d+$/.test(entry))
        .flatMap((pid) => {
          const parent = this.#parentOfInit(pid);
          return parent === null ? [] : [[pid, parent]];
        }),
    );
    // A program that an initialisation starts looks like its parent from the fork to the exec.
    return [...inits.values()].filter((parent) => !inits.has(parent)).length;
  }

  /** The parent of a process that is an initialisation in this lab; null of any other. */
  #parentOfInit(pid: string): string | null {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      if (words[0] !== "node" || words[1] !== "/opt/oms/docker-init.js") return null;
      if (!readFileSync(`/proc/${pid}/cgroup`, "utf8").includes(this.#cgroup)) return null;
      return /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? null;
    } catch {
      return null; // It ended while we looked.
    }
  }
}
