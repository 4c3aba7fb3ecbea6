/** The pages of the documentation that the dashboard serves itself: sites are often without internet. */
export const helpPages = [
  {
    slug: "operations",
    title: "Operations",
    about: "Installing, rights, paused runs, recovery by hand",
  },
  { slug: "domain", title: "OMS upgrades", about: "What an upgrade is, with its sources" },
  { slug: "security", title: "Security", about: "Roles, secrets, host keys, audit, limits" },
  {
    slug: "configuration",
    title: "Configuration",
    about: "Environment and settings of a deployment",
  },
  { slug: "api", title: "API", about: "The /api/v1 with examples" },
  { slug: "architecture", title: "Architecture", about: "Layers, plan and journal, remote jobs" },
  { slug: "benchmarks", title: "Benchmarks", about: "What was measured, and how" },
] as const;

/** The languages in which a page may be there; each but the first is a folder below `docs`. */
export const helpLanguages = ["en", "zh-CN"] as const;

export type HelpSlug = (typeof helpPages)[number]["slug"];

/** A heading of a page. */
export type HelpTarget = `${HelpSlug}#${string}`;

/** The page of an address below /help; anything else is no page. */
export function helpPageOf(path: readonly string[]): (typeof helpPages)[number] | undefined {
  const [slug, ...rest] = path;
  return rest.length === 0 ? helpPages.find((page) => page.slug === slug) : undefined;
}
