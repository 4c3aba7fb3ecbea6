import { standingOn } from "#lib/domain/leave-out/words.ts";
import { count } from "../words.ts";
import { type RollbackDepth, type RollbackRequest, startedSteps } from "./history.ts";

/** What the rollback will do and what will be lost, in sentences. */
export function rollbackWords(
  request: RollbackRequest,
  depth: RollbackDepth,
  databases: number,
): string[] {
  const { forward, run } = request;
  const old = startedSteps(request, "container.stop").length;
  const fresh = startedSteps(request, "container.start").length;
  const stop =
    fresh > 0 ? `Stops ${forward.toVersion} on ${count(fresh, "node")}, then starts` : "Starts";
  switch (depth) {
    case "nothing":
      return [];
    case "ha":
      return ["Switches HA back to what it was. No container was stopped; nothing is lost."];
    case "containers":
      return [
        `${stop} ${forward.fromVersion} again on ${count(old, "node")}.`,
        "No schema was touched: no database is dropped, nothing is lost.",
      ];
    case "databases":
      return [
        `Stops ${forward.toVersion} on ${count(fresh, "node")}, restores ${count(databases, "database")} from proven backups and starts ${forward.fromVersion} again on ${count(old, "node")}.`,
        run.marks.T2
          ? "Changes made in OMS since T2 are lost: the databases return to their state at T1."
          : "The databases return to their state at T1. OMS was not handed back since, so no user's work is lost.",
      ];
  }
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
