import { compressionSuffix } from "#lib/domain/compression.ts";
import type { StepId } from "#lib/domain/ids.ts";
import type { StepOfKind } from "#lib/domain/step.ts";
import { type DatabaseSite, slugs } from "../topology.ts";
import { addTo, type Hop } from "./hop.ts";
import type { Situation } from "./situation.ts";

type Dump = StepOfKind<"database.dump">;

/** Each database's dump and its proof, in the order of the databases. */
export interface BackedUp {
  dumps: Pick<Dump, "id" | "params" | "scope">[];
  proven: StepId[];
}

/**
 * Dumps every database, all at once, and proves each dump.
 *
 * @param how.live whether OMS may write meanwhile
 * @param waitsFor adds what must come before a database's dump. @returns what the dump waits for
 */
export function dumpAndProve(
  situation: Pick<Situation, "add" | "databases" | "backupDirectory">,
  hop: Pick<Hop, "number" | "fromVersion">,
  { live }: { live: boolean },
  waitsFor: (site: DatabaseSite, key: string, scope: Dump["scope"]) => StepId[],
): BackedUp {
  const { databases, backupDirectory } = situation;
  const { number, fromVersion: version } = hop;
  // Named by what it holds, so that a person finds the right one without Uplift.
  const directory = number === null ? backupDirectory : `${backupDirectory}/${version}`;
  const keys = slugs(databases.map((database) => database.name));
  const dumps: BackedUp["dumps"] = [];
  const proven = databases.map((site, index) => {
    const key = keys[index] ?? site.key;
    const scope = { type: "database", database: site.name, nodeId: site.node.id } as const;
    const { route, name: database, compression } = site;
    const after = waitsFor(site, key, scope);
    const ending = `.sql${compressionSuffix[compression]}`;
    const file = `${key}${ending}`;
    // Whether there is something for it is only known when it is dumped.
    const objectsFile = `${key}.objects${ending}`;
    const backup = number === null ? site.key : `h${number}.${site.key}`;
    const at = { nodeId: site.node.id, route, key: backup, database };
    const params = {
      ...at,
      ...{ role: site.role, directory, file, objectsFile, version, compression },
      tool: site.tool,
      live,
    };
    const dump = addTo(situation, hop, {
      id: `dump.${key}`,
      kind: "database.dump",
      phase: "backup",
      scope,
      params,
      after,
    });
    dumps.push({ id: dump, params, scope });
    return addTo(situation, hop, {
      id: `prove.${key}`,
      kind: "dump.verify",
      phase: "backup",
      scope,
      params: {
        ...at,
        source: { dumpStep: dump },
        paths: [file, objectsFile].map((one) => `${directory}/${one}`),
        compression,
        compare: true,
      },
      after: [dump],
    });
  });
  return { dumps, proven };
}
