export type TooltipSide = "top" | "right" | "bottom" | "left";

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Between the two, and to the window's edge, px. */
const gap = 6;
const margin = 8;

/** Where a small box stands beside another: on that side, or on the other one where it does not fit. Pure. */
export function placeBeside(
  anchor: Box,
  box: Pick<Box, "width" | "height">,
  side: TooltipSide,
  window: Pick<Box, "width" | "height">,
): Pick<Box, "left" | "top"> {
  const within = (at: number, size: number, all: number) =>
    Math.max(margin, Math.min(at, all - size - margin));
  if (side === "top" || side === "bottom") {
    const above = anchor.top - gap - box.height;
    const below = anchor.top + anchor.height + gap;
    const fits = side === "top" ? above >= margin : below + box.height > window.height - margin;
    const left = anchor.left + anchor.width / 2 - box.width / 2;
    return { left: within(left, box.width, window.width), top: fits ? above : below };
  }
  const before = anchor.left - gap - box.width;
  const behind = anchor.left + anchor.width + gap;
  const fits = side === "left" ? before >= margin : behind + box.width > window.width - margin;
  const top = anchor.top + anchor.height / 2 - box.height / 2;
  return { left: fits ? before : behind, top: within(top, box.height, window.height) };
}
