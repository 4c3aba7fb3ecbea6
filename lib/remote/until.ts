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

/** The deadline or the caller's signal, whichever comes first. */
export function either(deadline: AbortSignal, caller: AbortSignal | undefined): AbortSignal {
  return caller ? AbortSignal.any([deadline, caller]) : deadline;
}
