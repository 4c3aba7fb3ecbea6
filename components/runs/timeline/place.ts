import type { CSSProperties } from "react";

/** How far along the axis a moment stands, as CSS. @param ms since the axis began */
export function along(ms: number): string {
  return `calc(100% * ${Math.max(0, ms)} / var(--span))`;
}

/**
 * Where a bar stands on the axis. One that goes on reaches to the axis' end, which is now.
 * @param from since the axis began, ms
 * @param to since the axis began, ms; null: it goes on
 */
export function placeOfBar(from: number, to: number | null): CSSProperties {
  // Never too thin to be seen or clicked.
  const width = to === null ? { right: 0 } : { width: `max(4px, ${along(to - from)})` };
  return { left: `min(${along(from)}, 100% - 4px)`, ...width };
}
