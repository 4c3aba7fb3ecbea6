import { compareVersions } from "#lib/domain/versions.ts";
import type { Catalogue, Release } from "./catalogue.ts";

/** The rules for going from one version to another. */
export interface UpgradePath {
  release: Release;
  /** What of the release's warnings holds for this path. */
  warnings: string[];
  /** Why the path needs the operator's written confirmation; null for one of the vendor's table. */
  unlisted: string | null;
}

/** The path between two versions; for an unlisted release the rules of the newest listed one below it. */
export function upgradePath(
  from: string,
  to: string,
  { releases }: Pick<Catalogue, "releases">,
): UpgradePath {
  const path = (release: Release, unlisted: string | null): UpgradePath => ({
    release,
    unlisted,
    warnings: release.warnings.filter((one) => concerns(one, from)).map(({ text }) => text),
  });
  const exact = releases.find((release) => release.version === to);
  if (exact?.from.includes(from)) return path(exact, null);
  if (exact) {
    const allowed = exact.from.length > 0 ? exact.from.join(", ") : "no earlier release";
    return path(
      exact,
      `The vendor's documentation allows ${to} from ${allowed}; not from ${from}.`,
    );
  }
  const nearest = releases
    .filter((release) => compareVersions(release.version, to) < 0)
    .sort((a, b) => compareVersions(a.version, b.version))
    .at(-1);
  const rules = nearest ?? releases[0];
  if (!rules) throw new RangeError("the catalogue is empty");
  return path(
    { ...rules, version: to, from: [] },
    `Release ${to} is not in the catalogue; the rules of ${rules.version} would be used.`,
  );
}

function concerns({ from, fromBelow }: Release["warnings"][number], version: string): boolean {
  if (from && !from.includes(version)) return false;
  return fromBelow === undefined || compareVersions(version, fromBelow) < 0;
}
