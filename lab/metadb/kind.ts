import { parseArgs } from "node:util";

/** The servers that a lab's MetaDB can be. */
export const metadbKinds = ["oceanbase", "mysql", "mariadb", "mariadb-11.8"] as const;
export type MetadbKind = (typeof metadbKinds)[number];

/** What is taken where nobody asks: what starts soonest and needs no download. */
const usual: MetadbKind = "mariadb";

/** What the demo and the main journeys take where nobody asks: what sites have. */
const ofSites: MetadbKind = "oceanbase";

/** The server somebody asked for: `--metadb X` on the command line, or UPLIFT_LAB_METADB. */
export function askedMetadb(): MetadbKind | undefined {
  const options = { metadb: { type: "string" } } as const;
  const { values } = parseArgs({ options, strict: false });
  const asked = values.metadb ?? process.env.UPLIFT_LAB_METADB;
  if (asked === undefined || asked === "") return undefined;
  const kind = metadbKinds.find((known) => known === asked);
  if (kind === undefined) throw new Error(`--metadb ${asked}: there is ${metadbKinds.join(", ")}`);
  return kind;
}

export const usualMetadb = (): MetadbKind => askedMetadb() ?? usual;
export const metadbOfSites = (): MetadbKind => askedMetadb() ?? ofSites;

/**
 * How the MetaDB's user logs in. OceanBase knows `user@tenant`, and of a user with that very name it takes the wrong
 * part for the host where it says who has made a routine.
 */
export const usualUser = (kind: MetadbKind): string =>
  kind === "oceanbase" ? "oms_meta@sys" : "oms_meta@site#1";

/** The account behind a log-in. */
export const accountName = (kind: MetadbKind, user: string): string =>
  kind === "oceanbase" ? user.replace(/@sys$/, "") : user;

/** The family whose client programs get along best with a server. */
export const toolsFor = (kind: MetadbKind): "mariadb" | "mysql" =>
  kind.startsWith("mariadb") ? "mariadb" : "mysql";
