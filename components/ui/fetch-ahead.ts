/** Begins to fetch what may be wanted next; whether it can be had is told when it is wanted. */
export function fetchAhead(part: () => Promise<unknown>): void {
  part().catch(() => undefined);
}
