import { dockerRunCommand, type LabHost } from "#lab/lab.ts";
import { upgradeTarget } from "#lab/product/journey.ts";
import { waitUntil } from "#lab/shell.ts";
import type { PreflightRow, PreflightView } from "#lib/services/views.ts";
import type { Scene } from "../trouble-scene.ts";

type Untouched = Awaited<ReturnType<Scene["outside"]>>;

/** A deployment on two hosts that a preflight looks at. */
export class PreflightScene {
  readonly scene: Scene;
  readonly first: LabHost;
  readonly second: LabHost;
  readonly #path: string;
  #untouched: Untouched;

  private constructor(scene: Scene, deploymentId: string, untouched: Untouched) {
    this.scene = scene;
    this.first = scene.lab.host("hz-1");
    this.second = scene.lab.host("hz-2");
    this.#path = `/deployments/${deploymentId}`;
    this.#untouched = untouched;
  }

  static async of(scene: Scene): Promise<PreflightScene> {
    return new PreflightScene(scene, await scene.register(), await scene.outside());
  }

  /** What an upgrade is asked for with, after a change. */
  target(more: object = {}): object {
    const { lab } = this.scene;
    return { ...upgradeTarget(lab), imageArchive: lab.images.archivePathOnHost, ...more };
  }

  preflight(target: object | null = this.target()): Promise<PreflightView> {
    return this.scene.product.ask("POST", `${this.#path}/preflights`, { target });
  }

  /** The preflights that were kept, the newest first. */
  kept(): Promise<PreflightRow[]> {
    return this.scene.product.ask("GET", `${this.#path}/preflights`);
  }

  keptAs(id: string): Promise<PreflightView> {
    return this.scene.product.ask("GET", `${this.#path}/preflights/${id}`);
  }

  /** Edits the registered deployment. */
  async edit(change: (known: { settings: object }) => object): Promise<void> {
    const { product } = this.scene;
    const known = await product.ask<{ settings: object }>("GET", this.#path);
    await product.ask("PUT", this.#path, { ...known, ...change(known) });
  }

  /** Puts the old container of hz-2 up anew, from another command than the documented one. */
  async replaceContainer(change: (command: string) => string): Promise<void> {
    const documented = dockerRunCommand("3.3.0", { address: this.second.address, https: true });
    await this.second.mustExec(`docker rm -f ${this.scene.oldContainer} && ${change(documented)}`);
  }

  async secondHealthy(): Promise<void> {
    await waitUntil("hz-2 to be healthy", () => this.second.isHealthy());
  }

  /** All that an upgrade may touch, as it was before anybody looked. */
  get untouched(): Untouched {
    return this.#untouched;
  }

  /** A fault left other containers behind: from now on these must stay untouched. */
  async takeContainersAsTheyAre(): Promise<void> {
    const { containers } = await this.scene.outside();
    this.#untouched = { ...this.#untouched, containers };
  }
}
