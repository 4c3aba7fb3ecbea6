import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useState } from "react";
import { rowWindow } from "./row-window.ts";

/** Height of a line that is not wrapped, px. */
const lineHeight = 20;
/** Rows drawn beyond each edge, so that scrolling shows no gap. */
const beyond = 30;

export interface LogRowsOptions {
  box: RefObject<HTMLElement | null>;
  count: number;
  /** The place of the line in a row: heights belong to lines. Keep the function while rows stay. */
  placeAt: (row: number) => number;
  wrap: boolean;
  /** The last rows are in sight. */
  atEnd: boolean;
}

/**
 * Which rows of a log are drawn, and where. Lines that are not wrapped are equally high, so a log of
 * any length costs the same; heights of wrapped ones are measured as they come into sight.
 */
export function useLogRows({ box, count, placeAt, wrap, atEnd }: LogRowsOptions) {
  const [top, setTop] = useState(0);
  const virtual = useVirtualizer({
    enabled: wrap,
    count: wrap ? count : 0,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    getItemKey: placeAt,
    overscan: beyond,
  });
  if (wrap) {
    const items = virtual.getVirtualItems();
    return {
      rows: items.map(({ index }) => index),
      /** Of all rows, px. */
      height: virtual.getTotalSize(),
      /** Where the first drawn row begins, px. */
      start: items[0]?.start ?? 0,
      measure: virtual.measureElement,
      onScroll: () => undefined,
      goTo: (row: number) => virtual.scrollToIndex(row, { align: "center" }),
      /** The row at the upper edge. */
      topRow: () => virtual.getVirtualItemForOffset(box.current?.scrollTop ?? 0)?.index ?? 0,
    };
  }
  const topRow = () => Math.floor((box.current?.scrollTop ?? 0) / lineHeight);
  const inSight = Math.ceil((box.current?.clientHeight ?? 0) / lineHeight);
  // At the end no scroll event is waited for: the new lines are drawn as they come.
  const { first, end } = rowWindow(count, atEnd ? count - inSight : top, inSight, beyond);
  return {
    rows: Array.from({ length: end - first }, (_, index) => first + index),
    height: count * lineHeight,
    start: first * lineHeight,
    measure: undefined,
    onScroll: () => setTop(topRow()),
    goTo: (row: number) => {
      const element = box.current;
      if (!element) return;
      element.scrollTop = (row + 0.5) * lineHeight - element.clientHeight / 2;
      setTop(topRow());
    },
    topRow,
  };
}
