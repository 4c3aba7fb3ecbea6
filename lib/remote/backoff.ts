const firstDelayMs = 200;
const longestDelayMs = 5_000;

/**
 * How long to wait before the next attempt after `failures` failures in a row, in milliseconds:
 * 0.2 s doubling up to 5 s, spread by a quarter so that many waiters do not come back at once.
 * @param random - a number from 0 up to 1
 */
export function backoffDelay(failures: number, random: number): number {
  if (failures <= 0) return 0;
  const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** (failures - 1));
  return Math.round(delay * (0.75 + random * 0.5));
}
