import { applyEvent } from "#lib/domain/apply-event.ts";
import type { RunEvent } from "#lib/domain/events.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { RunView } from "#lib/services/views.ts";
import type { Product } from "./product.ts";

/**
 * A run that is looked at again and again. Only what its journal has grown by is asked for: a whole run ten times a
 * second is work for the server, and takes it from what is tested or measured.
 */
export class WatchedRun {
  readonly #product: Product;
  readonly #id: string;
  #state: RunState | null = null;

  constructor(product: Product, id: string) {
    this.#product = product;
    this.#id = id;
  }

  /** @throws Error when the product gives no answer */
  async look(): Promise<RunState> {
    const path = `/runs/${this.#id}/events?after=${this.#state?.seq ?? 0}`;
    for (const event of await this.#product.ask<RunEvent[]>("GET", path)) {
      this.#state = applyEvent(this.#state, event);
    }
    if (this.#state === null) throw new Error(`the journal of ${this.#id} is empty`);
    return this.#state;
  }

  /** The run with its plans. @throws Error when the product gives no answer */
  whole(): Promise<RunView> {
    return this.#product.ask<RunView>("GET", `/runs/${this.#id}`);
  }
}
