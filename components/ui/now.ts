"use client";

import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for every clock on the page, so that they tick together. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const still = () => () => {};
const wholeSecond = () => Math.floor(Date.now() / 1000) * 1000;

/** The time in ms since the epoch, to the second; renders again every second while `ticking`. */
export function useNow(ticking = true): number {
  return useSyncExternalStore(ticking ? subscribe : still, wholeSecond, wholeSecond);
}

/**
 * The server's time in ms since the epoch, to the second of this browser's clock. While a page that the
 * server rendered is taken over it is the time of that rendering, so that both draw the same.
 *
 * @param aheadMs server clock minus this browser's
 * @param rendered the server's clock when it rendered the page, ms since the epoch
 */
export function useServerNow(aheadMs: number, rendered: number, ticking = true): number {
  const here = useSyncExternalStore(ticking ? subscribe : still, wholeSecond, () => null);
  return here === null ? rendered : here + aheadMs;
}
