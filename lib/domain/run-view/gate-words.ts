import { gates } from "../gates.ts";
import type { Gate } from "../step.ts";

export interface GateWords {
  /** Completes "an approval ..." and stands on the box that places the gate. */
  where: string;
  /** What is true while the run waits there. */
  meanwhile: string;
  /** Whether OMS is down while it waits. */
  down: boolean;
  /** Completes "Approve: go on with ...". */
  next: string;
  /** What an approval sets off. */
  begins: string;
}

/** What each gate means. A new gate does not compile without its line here. */
export const gateWords: Record<Gate, GateWords> = {
  stop: {
    where: "before the stops",
    meanwhile: "OMS serves; everything is checked, the image is loaded, and HA is as it was.",
    down: false,
    next: "the stops",
    begins:
      "Nodes and MetaDB are checked once more, HA is switched off where it is on, and the old containers are stopped: the outage begins (T1).",
  },
  start: {
    where: "before the new containers",
    meanwhile:
      "OMS is down: the old containers are stopped and every dump is proven; no schema is changed.",
    down: true,
    next: "the new containers",
    begins:
      "The new containers are created and started; the old ones stay on their hosts, stopped.",
  },
  init: {
    where: "before the initialisation",
    meanwhile:
      "OMS is down: the new containers run, and the databases still have the schema of the old version.",
    down: true,
    next: "the initialisation",
    begins:
      "docker_init.sh changes the schema of the databases; from then on a rollback restores them from their proven dumps.",
  },
  "ha-on": {
    where: "before HA",
    meanwhile:
      "Every node is healthy on the new version; HA is still off and the outage counts on until T2.",
    down: true,
    next: "HA",
    begins: "HA becomes what it was before the upgrade, and T2 is recorded: the outage is over.",
  },
};

/** The gates of a list once each, in the order in which a run comes to them. */
export function gatesInOrder(some: readonly Gate[]): Gate[] {
  return gates.filter((gate) => some.includes(gate));
}
