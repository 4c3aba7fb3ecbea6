import { planLabel } from "#lib/commands/docker.ts";
import type { StepId } from "#lib/domain/ids.ts";
import { Secret } from "#lib/domain/secret.ts";
import { isManagerLabel } from "#lib/oms/container-options.ts";
import { addTo, type Hop } from "./hop.ts";
import type { SeenNode, Situation } from "./situation.ts";

/** The new containers on every node at once, with the old ones' mounts; not before every dump is proven. */
export function startContainers(situation: Situation, hop: Hop, proven: StepId[]): StepId[] {
  const { nodes, planId } = situation;
  return nodes.map(({ node, container, key }) =>
    addTo(situation, hop, {
      id: `start.${key}`,
      kind: "container.start",
      phase: "start",
      scope: { type: "host", nodeId: node.id },
      params: {
        nodeId: node.id,
        container: {
          name: hop.containerName,
          image: hop.image,
          hostIp: node.address,
          isUpgrade: hop.release.isUpgradeFlag,
          mounts: container.mounts,
          environment: carriedEnvironment(container.environment),
          labels: { ...carriedLabels(container.labels), [planLabel]: planId },
          ulimits: container.ulimits.filter((limit) => !limit.startsWith("nproc=")),
          options: container.options,
        },
      },
      after: proven,
    }),
  );
}

/**
 * `docker_init.sh`, where it was decided to run. Regions one after another, the default one first: rm
 * and cm are shared, and two at a time would do damage. The consoles of a region's other nodes wait for
 * their own region only, and no initialisation waits for them.
 *
 * @returns the steps by which every region is initialised
 */
export function initialise(situation: Situation, hop: Hop, started: StepId[]): StepId[] {
  const { nodes, initialisation } = situation;
  const params = ({ node }: SeenNode) => ({
    nodeId: node.id,
    containerName: hop.containerName,
  });
  let initialised = started;
  const consoles: StepId[] = [];
  for (const { regionId, mode } of initialisation) {
    const members = nodes.filter((one) => one.region.id === regionId);
    for (const member of mode === "once" ? members.slice(0, 1) : members) {
      const init = addTo(situation, hop, {
        id: `init.${member.key}`,
        kind: "metadata.init",
        phase: "init",
        scope: { type: "host", nodeId: member.node.id },
        params: params(member),
        after: initialised,
      });
      initialised = [init];
    }
    if (mode === "each" || !hop.release.startConsoleOnOtherNodes) continue;
    for (const member of members.slice(1)) {
      const console = addTo(situation, hop, {
        id: `console.${member.key}`,
        kind: "services.start",
        phase: "init",
        scope: { type: "host", nodeId: member.node.id },
        params: params(member),
        after: initialised,
      });
      consoles.push(console);
    }
  }
  return [...initialised, ...consoles];
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

/** Without those by which Compose and the like would take the new container for their own. */
function carriedLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !isManagerLabel(key)));
}
