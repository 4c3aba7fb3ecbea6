import { z } from "zod";
import { OmsVersion } from "#lib/domain/inventory.ts";
import { compareVersions } from "#lib/domain/versions.ts";
import data from "./catalogue.json" with { type: "json" };

/** What the operator has to know before or after, for all upgrades to a release or for some. */
const Warning = z.strictObject({
  text: z.string().min(1),
  /** Only when coming from one of these. */
  from: z.array(OmsVersion).optional(),
  /** Only when coming from a release below this one. */
  fromBelow: OmsVersion.optional(),
});

/**
 * The vendor's upgrade paths and what differs by release (docs/domain, section 5), as data:
 * a new release is a new entry in catalogue.json or in the site's own file, never a change of code.
 */
const Release = z.strictObject({
  version: OmsVersion,
  /** Releases that may be upgraded to this one directly. */
  from: z.array(OmsVersion),
  /** Whether the upgrade to this release switches HA off and on. */
  ha: z.boolean(),
  /** Whether the new container is told with IS_UPGRADE=true. */
  isUpgradeFlag: z.boolean(),
  /** Whether the other nodes' consoles need `supervisorctl start oms_console` after the init. */
  startConsoleOnOtherNodes: z.boolean(),
  warnings: z.array(Warning),
});
export type Release = z.infer<typeof Release>;

export const Catalogue = z
  .strictObject({ version: z.string().min(1), releases: z.array(Release).min(1) })
  .refine(
    ({ releases }) => new Set(releases.map(({ version }) => version)).size === releases.length,
    "a release stands twice",
  );
export type Catalogue = z.infer<typeof Catalogue>;

/** The vendor's releases that come with Uplift. */
export const catalogue: Catalogue = Catalogue.parse(data);

/** The site's releases beside the vendor's; one of the same version takes its place. Pure. */
export function withSiteReleases(known: Catalogue, site: Catalogue): Catalogue {
  const own = new Set(site.releases.map(({ version }) => version));
  const releases = [...known.releases.filter(({ version }) => !own.has(version)), ...site.releases];
  return {
    version: `${known.version} + ${site.version}`,
    releases: releases.sort((a, b) => compareVersions(a.version, b.version)),
  };
}

/** The version that an image tag names (`feature_3.3.1-ce`, `feature_4.2.11_ce`), or null. */
export function versionOfImage(reference: string): string | null {
  const tag = reference.split(":").at(-1) ?? "";
  return /(?:^|[^\d.])(\d+\.\d+\.\d+)(?:[^\d.]|$)/.exec(tag)?.[1] ?? null;
}
