/** Runs asynchronous work one at a time, in the order in which it was asked for. */
export class Exclusive {
  #last: Promise<unknown> = Promise.resolve();

  /** Waits for all earlier work, then runs `work`; its failure does not disturb those behind it. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
