/** Lines of a log in a page's address: `/runs/run_...#L123`. */

/** The line, from 1, that the part of an address behind # names; null when it names none. Pure. */
export function lineOfHash(hash: string): number | null {
  const digits = /^#L([1-9]\d{0,8})$/.exec(hash)?.[1];
  return digits === undefined ? null : Number(digits);
}

export function lineInAddress(): number | null {
  return lineOfHash(window.location.hash);
}

/** The address names the line; it makes no step in the browser's history. */
export function showLineInAddress(number: number): void {
  window.history.replaceState(window.history.state, "", `#L${number}`);
}
