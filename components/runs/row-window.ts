/** Rows that are drawn: from `first` up to, not including, `end`. */
export interface RowWindow {
  first: number;
  end: number;
}

/**
 * The rows of equal height that are in sight, and some more on both sides. Pure.
 *
 * @param count how many rows there are
 * @param top the row at the upper edge
 * @param inSight how many rows fit into the box
 */
export function rowWindow(count: number, top: number, inSight: number, more: number): RowWindow {
  const first = Math.max(0, Math.min(top, count - inSight) - more);
  return { first, end: Math.min(count, Math.max(0, top) + inSight + more) };
}
