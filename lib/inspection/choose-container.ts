import type { ContainerFacts } from "#lib/domain/facts.ts";
import type { Text } from "#lib/domain/message.ts";
import { isOmsContainer } from "#lib/oms/container.ts";

/** One of several OMS containers of a host. */
export interface ContainerCandidate {
  name: string;
  image: string;
  running: boolean;
}

export type ContainerChoice =
  | { choice: "one"; container: ContainerFacts }
  /** A person has to say which one serves; `why` is a sentence. */
  | { choice: "ask"; candidates: ContainerCandidate[]; why: Text }
  | { choice: "none"; why: Text };

/**
 * The container that serves OMS on a host: the one that was named, or else the only OMS container
 * that runs, or the only one there is. Old containers stay stopped beside the new one after an
 * upgrade (docs/domain, section 3.6), so stopped ones do not make the choice doubtful.
 */
export function chooseContainer(
  containers: readonly ContainerFacts[],
  named: string | null,
): ContainerChoice {
  const oms = containers.filter(isOmsContainer);
  if (named !== null) {
    const container = containers.find((one) => one.name === named);
    if (!container) return { choice: "none", why: `there is no container ${named}` };
    if (!oms.includes(container)) {
      return { choice: "none", why: `${named} mounts no OMS configuration` };
    }
    return { choice: "one", container };
  }
  if (containers.length === 0) return { choice: "none", why: "there is no container at all" };
  if (oms.length === 0) {
    const names = containers.map((one) => one.name).join(", ");
    return { choice: "none", why: `none of its containers (${names}) mounts an OMS configuration` };
  }
  const running = oms.filter((one) => one.running);
  const [only, ...more] = running.length > 0 ? running : oms;
  if (only && more.length === 0) return { choice: "one", container: only };
  return {
    choice: "ask",
    candidates: oms.map(({ name, image, running: runs }) => ({ name, image, running: runs })),
    why:
      running.length > 0
        ? `${running.length} OMS containers run at the same time`
        : `${oms.length} OMS containers are there, and none of them runs`,
  };
}
