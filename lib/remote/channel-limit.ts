/** Gives out a bounded number of slots, in the order in which they were asked for. */
export interface ChannelLimit {
  /**
   * Waits for a slot; the returned function gives it back (further calls do nothing).
   * @throws the signal's reason when it is aborted first
   */
  acquire(signal?: AbortSignal): Promise<() => void>;
  readonly used: number;
}

export function createChannelLimit(capacity: number): ChannelLimit {
  let used = 0;
  const waiting: Array<() => void> = [];

  function take(): () => void {
    used += 1;
    let returned = false;
    return () => {
      if (returned) return;
      returned = true;
      used -= 1;
      waiting.shift()?.();
    };
  }

  return {
    acquire(signal) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      if (used < capacity) return Promise.resolve(take());
      return new Promise((resolve, reject) => {
        const enter = () => {
          signal?.removeEventListener("abort", leave);
          resolve(take());
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(enter), 1);
          reject(signal?.reason);
        };
        signal?.addEventListener("abort", leave, { once: true });
        waiting.push(enter);
      });
    },
    get used() {
      return used;
    },
  };
}
