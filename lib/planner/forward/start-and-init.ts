import { planLabel } from "#lib/commands/docker.ts";
import type { StepId } from "#lib/domain/ids.ts";
import { Secret } from "#lib/domain/secret.ts";
import { makeStep } from "../make-step.ts";
import type { SeenNode, Situation } from "./situation.ts";

/** The new containers on every node at once, with the old ones' mounts; not before every dump is proven. */
export function startContainers(situation: Situation, proven: StepId[]): StepId[] {
  const { add, nodes, planId, release, target } = situation;
  return nodes.map(({ node, container, key }) =>
    add(
      makeStep({
        id: `start.${key}`,
        kind: "container.start",
        phase: "start",
        scope: { type: "host", nodeId: node.id },
        params: {
          nodeId: node.id,
          container: {
            name: target.containerName,
            image: target.image,
            hostIp: node.address,
            isUpgrade: release.isUpgradeFlag,
            mounts: container.mounts,
            environment: carriedEnvironment(container.environment),
            labels: { ...container.labels, [planLabel]: planId },
            ulimits: container.ulimits.filter((limit) => !limit.startsWith("nproc=")),
          },
        },
        after: proven,
      }),
    ),
  );
}

/**
 * `docker_init.sh`, where it was decided to run. Regions one after another, the default one first: rm
 * and cm are shared, and two at a time would do damage.
 */
export function initialise(situation: Situation, started: StepId[]): StepId[] {
  const { add, nodes, release, target, initialisation } = situation;
  const params = ({ node }: SeenNode) => ({
    nodeId: node.id,
    containerName: target.containerName,
  });
  let initialised = started;
  for (const { regionId, mode } of initialisation) {
    const members = nodes.filter((one) => one.region.id === regionId);
    for (const member of mode === "once" ? members.slice(0, 1) : members) {
      const init = makeStep({
        id: `init.${member.key}`,
        kind: "metadata.init",
        phase: "init",
        scope: { type: "host", nodeId: member.node.id },
        params: params(member),
        after: initialised,
      });
      initialised = [add(init)];
    }
    if (mode === "each" || !release.startConsoleOnOtherNodes) continue;
    const consoles = members.slice(1).map((member) =>
      add(
        makeStep({
          id: `console.${member.key}`,
          kind: "services.start",
          phase: "init",
          scope: { type: "host", nodeId: member.node.id },
          params: params(member),
          after: initialised,
        }),
      ),
    );
    initialised = [...initialised, ...consoles];
  }
  return initialised;
}

/** Whether the site gave the old container a variable whose value Uplift must not see. */
export function isMasked(entry: string): boolean {
  return entry.endsWith(`=${Secret.mask}`);
}

/** Variables that the site gave the old container, without those that `docker run` sets anew. */
function carriedEnvironment(environment: readonly string[]): string[] {
  return environment.filter(
    (entry) => !/^(OMS_HOST_IP|IS_UPGRADE)=/.test(entry) && !isMasked(entry),
  );
}
