/** A deadline and the caller's abort signal as one signal. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
  /** Whether it was the deadline, not the caller, that ended the wait. */
  readonly passed: boolean;
}

export function createDeadline(timeoutMs: number, caller?: AbortSignal): Deadline {
  const controller = new AbortController();
  let passed = false;
  const timer = setTimeout(() => {
    passed = true;
    controller.abort(new Error(`no end after ${timeoutMs} ms`));
  }, timeoutMs);
  const abort = () => controller.abort(caller?.reason);
  if (caller?.aborted) abort();
  caller?.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    get passed() {
      return passed;
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      caller?.removeEventListener("abort", abort);
    },
  };
}

/**
 * Waits for `promise` until `signal` is aborted; what the promise does is not stopped.
 * @throws the signal's reason
 */
export function until<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
