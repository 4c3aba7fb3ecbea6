import type { DatabaseFacts, DeploymentFacts, ServerFacts } from "#lib/domain/facts.ts";
import type { StepId } from "#lib/domain/ids.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { scratchNameFor } from "#lib/domain/rehearsal.ts";
import type { DatabaseSite } from "../topology.ts";
import { listed } from "../words.ts";
import type { BackedUp } from "./dump-and-prove.ts";
import { addTo, type Hop } from "./hop.ts";
import type { Situation } from "./situation.ts";

/** Bytes in a MiB. */
const mebibyte = 1024 ** 2;

/**
 * Every proven dump is restored into a scratch database and compared, while the new containers start:
 * no schema is changed before that.
 *
 * @param before how many dumps the plan has in earlier hops: each has a scratch database of its own
 */
export function rehearse(
  situation: Rehearsed,
  hop: Pick<Hop, "number">,
  { dumps, proven }: BackedUp,
  before = 0,
): StepId[] {
  const { databases, planId } = situation;
  return databases.flatMap((site, index) => {
    const [dump, proof] = [dumps[index], proven[index]];
    if (!dump || !proof || whyNotRehearsed(situation, site) !== null) return [];
    const { nodeId, route, key, database, compression, tool, directory, live } = dump.params;
    const files = [dump.params.file, dump.params.objectsFile].filter((file) => file !== null);
    return [
      addTo(situation, hop, {
        id: dump.id.replace(/^(h\d+\.)?dump/, "rehearse"),
        kind: "database.rehearse",
        phase: "rehearse",
        scope: dump.scope,
        params: {
          ...{ nodeId, route, key, database, compression, tool, live },
          scratch: scratchNameFor(planId, before + index + 1),
          against: "source",
          paths: files.map((file) => `${directory}/${file}`),
        },
        after: [proof],
      }),
    ];
  });
}

type Rehearsed = Pick<Situation, "add" | "planId" | "inventory" | "facts" | "databases">;
type Seen = { inventory: Pick<Inventory, "settings">; facts: Pick<DeploymentFacts, "servers"> };

/** Why a database's dump is not rehearsed, as the end of a sentence; null when it is. */
function whyNotRehearsed(seen: Seen, site: DatabaseSite): string | null {
  const { host, port } = site.route.server;
  const server = seen.facts.servers.find((one) => one.host === host && one.port === port);
  return server && site.seen ? whyNot(seen, server, site.seen) : "it was not seen";
}

/** The same of a database as it was seen on its server. */
export function whyNot(
  { inventory }: Pick<Seen, "inventory">,
  { rehearsalRights }: Pick<ServerFacts, "rehearsalRights">,
  { bytes }: Pick<DatabaseFacts, "bytes">,
): string | null {
  const limit = inventory.settings.rehearseBelowMiB;
  if (limit === 0) return "the deployment's settings switch rehearsals off";
  // It may be far beyond the limit, and then the server has no room for it a second time.
  if (bytes === null) return "its size is not known";
  if (bytes >= limit * mebibyte) {
    return `it has ${Math.round(bytes / mebibyte)} MiB, and the deployment's limit is ${limit} MiB`;
  }
  if (rehearsalRights === null) return "the rights on scratch databases were not looked at";
  return rehearsalRights.length > 0
    ? `the MetaDB's user has no ${rehearsalRights.join(", ")} on scratch databases`
    : null;
}

/** What is rehearsed and what is not, in sentences for the plan. */
export function rehearsalWords(situation: Omit<Rehearsed, "add" | "planId">): string[] {
  const { databases } = situation;
  const reasons = databases.map((site) => ({ site, why: whyNotRehearsed(situation, site) }));
  const without = reasons.filter(({ why }) => why !== null);
  const whys = [...new Set(without.map(({ why }) => why))];
  return [
    ...(without.length < databases.length
      ? [
          `${without.length === 0 ? "Every dump is" : `${databases.length - without.length} of ${databases.length} dumps are`} restored into a scratch database and compared with its source before the schema is changed.`,
        ]
      : []),
    ...whys.map((why) => {
      const names = without.filter((one) => one.why === why).map(({ site }) => site.name);
      return `The restore of ${listed(names)} is not rehearsed: ${why}.`;
    }),
  ];
}
