import type { StepId } from "#lib/domain/ids.ts";
import type { StepParams } from "#lib/domain/step.ts";
import { makeStep } from "../make-step.ts";
import type { Situation } from "./situation.ts";

/**
 * A look at versions, services, tables and projects, for the report's comparison. The one before is
 * taken beside the checks, so that it costs no outage.
 */
export function survey(
  { add, nodes, servers, inventory, target }: Situation,
  moment: StepParams<"node.survey">["moment"],
  after: StepId[],
): StepId[] {
  const phase = moment === "before" ? "verify" : "report";
  const ofNodes = nodes.map(({ node, seen, container, config, key }) =>
    add(
      makeStep({
        id: `survey-${moment}.${key}`,
        kind: "node.survey",
        phase,
        scope: { type: "host", nodeId: node.id },
        params: {
          moment,
          nodeId: node.id,
          containerName: moment === "before" ? container.name : target.containerName,
          address: node.address,
          port: config.consolePort,
          https: seen.https,
        },
        after,
      }),
    ),
  );
  const ofServers = servers.map(({ key, route, databases }) => {
    const main = key === "metadb";
    return add(
      makeStep({
        id: `survey-${moment}.${main ? "metadb" : `metadb.${key}`}`,
        kind: "metadb.survey",
        phase,
        scope: { type: "deployment" },
        params: { moment, route, databases, rmDatabase: main ? inventory.metadb.rmDatabase : null },
        after,
      }),
    );
  });
  return [...ofNodes, ...ofServers];
}
