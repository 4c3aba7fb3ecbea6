import { z } from "zod";
import { OmsVersion } from "#lib/domain/inventory.ts";
import { compareVersions } from "#lib/domain/versions.ts";
import data from "./catalogue.json" with { type: "json" };

/**
 * The vendor's upgrade paths and what differs by release (docs/domain, section 5), as data:
 * a new release is a new entry in catalogue.json, never a change of code.
 */
const Release = z.object({
  version: OmsVersion,
  /** Releases that may be upgraded to this one directly. */
  from: z.array(OmsVersion),
  /** Whether the upgrade to this release switches HA off and on. */
  ha: z.boolean(),
  /** Whether the new container is told with IS_UPGRADE=true. */
  isUpgradeFlag: z.boolean(),
  /** Whether the other nodes' consoles need `supervisorctl start oms_console` after the init. */
  startConsoleOnOtherNodes: z.boolean(),
  /** What the operator has to know before or after. */
  warnings: z.array(z.string()),
});
export type Release = z.infer<typeof Release>;

const Catalogue = z.object({ version: z.string(), releases: z.array(Release) });
export type Catalogue = z.infer<typeof Catalogue>;

export const catalogue: Catalogue = Catalogue.parse(data);

export type UpgradePath =
  | { listed: true; release: Release }
  /** Not in the vendor's table: needs the operator's written confirmation. */
  | { listed: false; release: Release; why: string };

/** The rules for going from one version to another; for an unlisted release those of the newest listed below it. */
export function upgradePath(from: string, to: string, releases = catalogue.releases): UpgradePath {
  const exact = releases.find((release) => release.version === to);
  if (exact) {
    if (exact.from.includes(from)) return { listed: true, release: exact };
    const allowed = exact.from.length > 0 ? exact.from.join(", ") : "no earlier release";
    return {
      listed: false,
      release: exact,
      why: `The vendor's documentation allows ${to} from ${allowed}; not from ${from}.`,
    };
  }
  const nearest = [...releases]
    .filter((release) => compareVersions(release.version, to) < 0)
    .sort((a, b) => compareVersions(a.version, b.version))
    .at(-1);
  const rules = nearest ?? releases[0];
  if (!rules) throw new RangeError("the catalogue is empty");
  return {
    listed: false,
    release: { ...rules, version: to, from: [] },
    why: `Release ${to} is not in the catalogue; the rules of ${rules.version} would be used.`,
  };
}

/** The version that an image tag names (`feature_3.3.1-ce`, `feature_4.2.11_ce`), or null. */
export function versionOfImage(reference: string): string | null {
  const tag = reference.split(":").at(-1) ?? "";
  return /(?:^|[^\d.])(\d+\.\d+\.\d+)(?:[^\d.]|$)/.exec(tag)?.[1] ?? null;
}
