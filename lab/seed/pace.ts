import type { Random } from "./random.ts";

/** So many stretches of a run go faster or slower than in its stencil, each by itself. */
const stretches = 12;

export interface Span {
  /** ms since the epoch */
  from: number;
  to: number;
}

/**
 * Time in a copy: it begins elsewhere and runs faster and slower by turns, always forwards.
 *
 * @param startsAt when the copy has what the stencil has at `from`, ms since the epoch
 * @param slowness 1: as the stencil
 */
export function paceOf(random: Random, { from, to }: Span, startsAt: number, slowness: number) {
  const length = Math.max(1, (to - from) / stretches);
  const speeds = Array.from({ length: stretches }, () => slowness * random.between(0.6, 1.6));
  const begins = [0];
  for (const speed of speeds) begins.push((begins.at(-1) ?? 0) + speed);
  return (ms: number): number => {
    if (ms <= from) return startsAt - (from - ms);
    const stretch = Math.min(stretches - 1, Math.floor((ms - from) / length));
    const inside = ms - from - stretch * length;
    const before = (begins[stretch] ?? 0) * length;
    return Math.round(startsAt + before + inside * (speeds[stretch] ?? 1));
  };
}
