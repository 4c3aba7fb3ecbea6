import { compareVersions } from "#lib/domain/versions.ts";
import type { Catalogue } from "./catalogue.ts";

/** The ways from a version to another that the vendor documents. */
export interface UpgradeWays {
  /** Whether one upgrade leads there. */
  direct: boolean;
  /** The releases of the shortest way over others, the target last; null when there is none. */
  chain: string[] | null;
}

/** One upgrade, or the shortest chain of at least two; both may be there. Pure. */
export function upgradeWays(
  from: string,
  to: string,
  { releases }: Pick<Catalogue, "releases">,
): UpgradeWays {
  const predecessors = new Map(releases.map((release) => [release.version, release.from]));
  const lastHop = predecessors.get(to) ?? [];
  const chain = from === to ? null : shortest(from, to, predecessors);
  return { direct: lastHop.includes(from), chain };
}

/**
 * Breadth first from the target back, the newest release first: of ways that are equally short the one
 * whose last stations are the newest, which the vendor has mended longest.
 */
function shortest(
  from: string,
  to: string,
  predecessors: ReadonlyMap<string, readonly string[]>,
): string[] | null {
  const seen = new Set([to]);
  let ways: string[][] = [[to]];
  while (ways.length > 0) {
    const longer: string[][] = [];
    for (const way of ways) {
      const [first = to] = way;
      const before = [...(predecessors.get(first) ?? [])].sort((a, b) => compareVersions(b, a));
      // The step from the start straight to the target is no chain.
      if (way.length > 1 && before.includes(from)) return way;
      for (const version of before) {
        if (version === from || seen.has(version)) continue;
        seen.add(version);
        longer.push([version, ...way]);
      }
    }
    ways = longer;
  }
  return null;
}
