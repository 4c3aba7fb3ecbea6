import { rm } from "node:fs/promises";
import { join } from "node:path";
import { backupFolder } from "#lab/host/disk.ts";
import type { LabHost } from "#lab/lab.ts";
import { sleep } from "#lab/shell.ts";
import type { Scene } from "#lab/tests/trouble-scene.ts";
import type { Fault, Strike } from "./script.ts";

/** Makes faults and mends them, and knows which are going on. */
export class Faults {
  readonly #scene: Scene;
  readonly #say: (line: string) => void;
  readonly #begun = new Set<Promise<void>>();
  /** Those that have struck and are not mended. */
  readonly #active = new Set<{ fault: Fault; host: LabHost }>();
  /** Hosts on which containers were stopped by a fault: nobody but the operator starts them again. */
  readonly hostsThatWentDown = new Set<LabHost>();
  /** How many have struck. */
  struck = 0;
  #failure: { error: unknown } | null = null;

  constructor(scene: Scene, say: (line: string) => void) {
    this.#scene = scene;
    this.#say = say;
  }

  /** Whether one has begun (perhaps only to wait for its moment) and is not mended. */
  get areGoing(): boolean {
    return this.#begun.size > 0;
  }

  /** Begins one; it mends itself. */
  begin(strike: Strike): void {
    const host = this.#scene.lab.allHosts[strike.host];
    if (host === undefined) throw new RangeError(`there is no host ${strike.host}`);
    const going = this.#goThrough(strike, host)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#begun.delete(going));
    this.#begun.add(going);
  }

  /** Waits until everything is mended. @throws what went wrong in the lab itself */
  async mended(): Promise<void> {
    while (this.#begun.size > 0) await Promise.all(this.#begun);
    if (this.#failure) throw this.#failure.error;
  }

  async #goThrough(strike: Strike, host: LabHost): Promise<void> {
    const { fault, delayMs, lastsMs } = strike;
    await sleep(delayMs);
    if (this.#standsInTheWay(fault, host)) {
      this.#say(`${inWords(fault, host)}: left out, another fault is in its way`);
      return;
    }
    this.struck += 1;
    const long = lastsMs > 0 ? ` for ${(lastsMs / 1000).toFixed(1)} s` : "";
    this.#say(`${inWords(fault, host)}${long}`);
    const active = { fault, host };
    this.#active.add(active);
    await this.#strike(strike, host).finally(() => this.#active.delete(active));
    if (lastsMs > 0) this.#say(`${inWords(fault, host)}: mended`);
  }

  async #strike({ fault, lastsMs }: Strike, host: LabHost): Promise<void> {
    const { lab, product } = this.#scene;
    switch (fault) {
      case "dashboard":
        await product.kill();
        await sleep(lastsMs);
        return product.launch();
      case "network":
        await host.cutNetwork();
        await sleep(lastsMs);
        return host.restoreNetwork();
      case "power":
      case "power, silently":
        this.hostsThatWentDown.add(host);
        if (fault === "power, silently") await host.cutNetwork();
        await host.powerCut();
        await sleep(lastsMs);
        await host.restoreNetwork();
        await host.boot();
        return host.waitForDocker();
      case "docker":
        this.hostsThatWentDown.add(host);
        await host.stopDocker();
        await sleep(lastsMs);
        return host.startDocker();
      case "sessions":
        return host.killSshSessions();
      case "metadb":
        await lab.metadb.kill();
        await sleep(lastsMs);
        return lab.metadb.start();
      case "connections":
        await lab.metadb.dropConnections();
        return;
      case "disk":
        await host.fillDisk(backupFolder);
        await sleep(lastsMs);
        // Not through the host, which may be off by now.
        return rm(join(host.dir, "plain", backupFolder, ".lab-filler"), { force: true });
      case "link":
        await host.slowLink({ kilobitsPerSecond: 200 });
        await sleep(lastsMs);
        return host.restoreLinkSpeed();
    }
  }

  /** Not twice the same at once, and nothing that needs a host or server which is off. */
  #standsInTheWay(fault: Fault, host: LabHost): boolean {
    const active = [...this.#active];
    if (fault === "dashboard") return active.some((one) => one.fault === fault);
    if (fault === "metadb" || fault === "connections") {
      return active.some((one) => one.fault === "metadb");
    }
    const here = active.filter((one) => one.host === host).map((one) => one.fault);
    if (here.includes(fault) || here.some(takesContainersDown)) return true;
    return takesContainersDown(fault) && here.length > 0;
  }
}

function takesContainersDown(fault: Fault): boolean {
  return fault === "power" || fault === "power, silently" || fault === "docker";
}

function inWords(fault: Fault, host: LabHost): string {
  const anywhere: readonly Fault[] = ["dashboard", "metadb", "connections"];
  return anywhere.includes(fault) ? fault : `${fault} of ${host.name}`;
}
