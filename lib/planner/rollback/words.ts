import { hopsOf } from "#lib/domain/hops.ts";
import { standingOn } from "#lib/domain/leave-out/words.ts";
import { count, listed } from "../words.ts";
import { isDown } from "./containers.ts";
import { hopOf, type RollbackDepth, type RollbackRequest, startedSteps } from "./history.ts";

/** What the rollback will do and what will be lost, in sentences. */
export function rollbackWords(
  request: RollbackRequest,
  depth: RollbackDepth,
  databases: number,
): string[] {
  const { forward, run, hop = 1 } = request;
  const { fromVersion: back, toVersion: next } = hopsOf(forward)[hop - 1] ?? forward;
  const old = startedSteps(request, "container.stop").filter((step) => hopOf(step) === hop).length;
  const stops = stopWords(request);
  const further = hop > 1 ? [noFurther(request)] : [];
  switch (depth) {
    case "nothing":
      return [`${back} stays as it is: nothing was changed since it became healthy.`, ...further];
    case "ha":
      return [
        hop > 1
          ? `${back} stays as it is; HA becomes what it was before the upgrade. Nothing is lost.`
          : "Switches HA back to what it was. No container was stopped; nothing is lost.",
        ...further,
      ];
    case "containers":
      return [
        `${stops ? `Stops ${stops}, then starts` : "Starts"} ${back} again on ${count(old, "node")}.`,
        hop > 1
          ? `No schema was touched since ${back} became healthy: no database is dropped, nothing is lost.`
          : "No schema was touched: no database is dropped, nothing is lost.",
        ...further,
      ];
    case "databases": {
      const state =
        hop > 1 ? `to what ${back} had before it was upgraded to ${next}` : "to their state at T1";
      const restores = `restores ${count(databases, "database")} from proven backups and starts ${back} again on ${count(old, "node")}`;
      return [
        stops ? `Stops ${stops}, ${restores}.` : `R${restores.slice(1)}.`,
        run.marks.T2
          ? `Changes made in OMS since T2 are lost: the databases return ${state}.`
          : `The databases return ${state}. OMS was not handed back since, so no user's work is lost.`,
        ...further,
      ];
    }
  }
}

/** "3.3.1 on 4 nodes": what is stopped; null when nothing of the upgrade runs. */
function stopWords(request: RollbackRequest): string | null {
  const hops = hopsOf(request.forward);
  const running = startedSteps(request, "container.start").filter(
    ({ params }) => !isDown(request, { nodeId: params.nodeId, name: params.container.name }),
  );
  const parts = [...Map.groupBy(running, hopOf)].map(([hop, steps]) => {
    const version = hops[hop - 1]?.toVersion ?? request.forward.toVersion;
    return `${version} on ${count(steps.length, "node")}`;
  });
  return parts.length > 0 ? listed(parts) : null;
}

/** A run has one way back: who stops on the way cannot take it any further. */
function noFurther({ forward, hop = 1 }: RollbackRequest): string {
  const hops = hopsOf(forward);
  const earlier = hops.slice(0, hop - 1).map(({ fromVersion }) => fromVersion);
  return `A run is rolled back once: afterwards Uplift does not lead back to ${listed(earlier)} any more. The backups of ${listed(earlier)} stay on the nodes.`;
}

/** What the operator will have to look after (docs/domain, section 4). */
export function rollbackWarnings(
  { forward, run }: RollbackRequest,
  depth: RollbackDepth,
): string[] {
  const leftOut = forward.hosts
    .filter(({ nodeId }) => nodeId in run.leftOut)
    .map(({ nodeId, name }) =>
      [
        `${name} is left out: nothing is done there.`,
        ...standingOn(forward, run, nodeId),
        `See to it that ${name} is off and stays off.`,
      ].join(" "),
    );
  return depth === "databases"
    ? [...leftOut, "JDBCWriter or Connector may need to be recovered by hand; Full-Import always."]
    : leftOut;
}
