import type { RunRow, RunView } from "#lib/services/views.ts";
import type { Product } from "./product.ts";

/**
 * A run that is looked at again and again. It is asked for whole only when its journal has grown: a whole run ten
 * times a second is work for the server, and takes it from what is tested or measured.
 */
export class WatchedRun {
  readonly #product: Product;
  readonly #id: string;
  #lastSeq = -1;
  #view: RunView | null = null;

  constructor(product: Product, id: string) {
    this.#product = product;
    this.#id = id;
  }

  /** @throws Error when the product gives no answer */
  async look(): Promise<RunView> {
    const rows = await this.#product.ask<RunRow[]>("GET", "/runs");
    const lastSeq = rows.find(({ id }) => id === this.#id)?.lastSeq;
    if (this.#view === null || lastSeq === undefined || lastSeq !== this.#lastSeq) {
      this.#view = await this.#product.ask<RunView>("GET", `/runs/${this.#id}`);
      // Of before the answer: what came meanwhile makes the next look ask again.
      this.#lastSeq = lastSeq ?? -1;
    }
    return this.#view;
  }
}
