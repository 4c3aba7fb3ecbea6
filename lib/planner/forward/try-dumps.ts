import type { StepId } from "#lib/domain/ids.ts";
import { scratchNameFor } from "#lib/domain/rehearsal.ts";
import type { Phase } from "#lib/domain/step.ts";
import { slugs } from "../topology.ts";
import { addTo, type Hop } from "./hop.ts";
import type { Situation } from "./situation.ts";

/** Rehearsals count their scratch databases from 1; those of trials begin here. */
const firstScratch = 500;

/**
 * Every dump and its restore are tried once more before anything is stopped: what was tried when the plan was
 * made may have changed since.
 */
export function tryDumps(
  situation: Pick<Situation, "add" | "databases" | "planId" | "inventory">,
  hop: Pick<Hop, "number"> | null,
  id: "try" | "try-again",
  phase: Phase,
  after: StepId[],
): StepId[] {
  const { databases, inventory, planId } = situation;
  const keys = slugs(databases.map(({ name }) => name));
  return databases.map((site, index) => {
    const { node, route, name: database, tool, compression } = site;
    return addTo(situation, hop, {
      id: `${id}.${keys[index] ?? site.key}`,
      kind: "dump.trial",
      phase,
      scope: { type: "database", database, nodeId: node.id },
      params: {
        ...{ nodeId: node.id, route, database, tool, compression },
        scratch: scratchNameFor(planId, firstScratch + index),
        directory: inventory.settings.backupDirectory.replace(/\/+$/, "") || "/",
      },
      after,
    });
  });
}
