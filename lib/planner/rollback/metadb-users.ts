import type { StepId } from "#lib/domain/ids.ts";
import type { Phase, Step, StepParams } from "#lib/domain/step.ts";
import { makeStep } from "../make-step.ts";
import { hopOf, type RollbackRequest, stepsOf } from "./history.ts";

interface Look {
  id: string;
  phase: Phase;
  users: StepParams<"metadb.verify">["users"];
  after: StepId[];
}

/**
 * Looks on each server whether anybody else uses the databases that will be dropped.
 *
 * @returns what the steps behind it wait for: what it waits for itself, where nothing was registered to compare with
 */
export function requireAlone(
  { forward, hop = 1 }: RollbackRequest,
  { id, phase, users, after }: Look,
  add: (step: Step) => StepId,
): StepId[] {
  // A plan of an earlier release does not know who was registered.
  if (forward.use === null) return after;
  const routes = stepsOf(forward, "database.dump")
    .filter((dump) => hopOf(dump) === hop)
    .map(({ params }) => params.route);
  const servers = new Map(
    routes.map((route) => [`${route.server.host}:${route.server.port}`, route]),
  );
  return [...servers.values()].map((route, index) =>
    add(
      makeStep({
        id: `rollback.${id}.metadb${index === 0 ? "" : `-${index + 1}`}`,
        kind: "metadb.verify",
        phase,
        scope: { type: "deployment" },
        // What a rollback needs of the databases is looked at by each of its steps: one may be gone already.
        params: { route, databases: [], users },
        after,
      }),
    ),
  );
}
