import type { LimitFunction } from "p-limit";

/**
 * Waits for one of a limit's slots, in the order in which they were asked for; the returned function gives it back
 * (further calls do nothing).
 * @throws the signal's reason when it is aborted first
 */
export function takeSlot(limit: LimitFunction, signal?: AbortSignal): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal?.reason);
    if (signal?.aborted) return leave();
    signal?.addEventListener("abort", leave, { once: true });
    void limit(() => {
      signal?.removeEventListener("abort", leave);
      if (signal?.aborted) return undefined;
      return new Promise<void>((giveBack) => resolve(giveBack));
    });
  });
}
