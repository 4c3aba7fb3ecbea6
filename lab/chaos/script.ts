import type { RegionOptions } from "#lab/options.ts";
import type { Leg } from "#lib/domain/plan.ts";
import { Random } from "./random.ts";

/** What can happen, and for how long before it is mended: the least and the most, milliseconds. */
const lasting = {
  /** `kill -9`, and a new start on the same data. */
  dashboard: [0, 3_000],
  /** The cable is pulled out; beyond 15 s the dashboard notices by its keep-alive alone. */
  network: [1_000, 18_000],
  /** Everything on the host dies; the connections of its processes are closed by the kernel. */
  power: [500, 3_000],
  /** The same with the cable pulled out: nobody is told. */
  "power, silently": [500, 3_000],
  /** `dockerd` is stopped, and with it the containers. */
  docker: [300, 3_000],
  /** The processes of all SSH sessions on a host are killed. */
  sessions: [0, 0],
  /** The MetaDB is killed and started again. */
  metadb: [200, 4_000],
  /** The MetaDB drops the connections of its user. */
  connections: [0, 0],
  /** The disk of the dumps is full to the last byte. */
  disk: [1_000, 6_000],
  /** A host sends 200 kbit/s at most. */
  link: [1_000, 5_000],
} as const satisfies Record<string, readonly [number, number]>;

export type Fault = keyof typeof lasting;
const faults = Object.keys(lasting) as Fault[];

/** One fault, and when it strikes. */
export interface Strike {
  fault: Fault;
  /** Number of the host, counted over all regions; faults elsewhere do not look at it. */
  host: number;
  /** The part of the leg's steps (0 to 1) that must have been begun, and how long after that, milliseconds. */
  atPart: number;
  /** Instead of that: how the id of the step begins that must run. */
  atStep?: string;
  delayMs: number;
  lastsMs: number;
}

/** All that is decided by a seed. What happens between is up to the machine. */
export interface ChaosScript {
  seed: number;
  regions: RegionOptions[];
  initSeconds: number;
  /** The host without the new image, so that it has to be loaded there; null: all have it. */
  withoutImage: string | null;
  strikes: Record<Leg, Strike[]>;
  /** The operator pauses the upgrade at this part of its steps and rolls back; null: lets it end. */
  turnBackAt: number | null;
  /** The operator rolls back at the first trouble instead of retrying. */
  impatient: boolean;
}

/** Names of hosts, region by region. */
const topologies = [[["hz-1", "hz-2"]], [["hz-1"], ["hlj-1"]], [["hz-1", "hz-2"], ["hlj-1"]]];

function regionsOf(topology: readonly string[][]): RegionOptions[] {
  return topology.map((nodes, index) => ({
    name: `region-${index}`,
    nameCn: `区域${index}`,
    location: index,
    isDefault: index === 0,
    nodes,
    heartbeatDatabase: `oms_cm_heartbeat_${index + 1}`,
  }));
}

export function chaosScript(seed: number): ChaosScript {
  const random = new Random(seed);
  const topology = random.pick(topologies);
  const hosts = topology.flat();
  const strikes = () =>
    Array.from({ length: random.integer(2, 4) }, () => strike(random, hosts.length)).sort(
      (one, other) => one.atPart - other.atPart,
    );
  return {
    seed,
    regions: regionsOf(topology),
    initSeconds: random.integer(1, 3),
    withoutImage: random.chance(0.2) ? random.pick(hosts) : null,
    strikes: { forward: strikes(), rollback: strikes() },
    turnBackAt: random.chance(0.25) ? random.fraction() : null,
    impatient: random.chance(0.15),
  };
}

/** No faults at all, or one: the dashboard dies when a step has begun, which then takes long. */
export function mutantScript(diesAt: string | undefined): ChaosScript {
  const dies = { fault: "dashboard", host: 0, atPart: 0, delayMs: 500, lastsMs: 0 } as const;
  return {
    seed: 0,
    regions: regionsOf([["hz-1"], ["hlj-1"]]),
    initSeconds: diesAt === undefined ? 1 : 20,
    withoutImage: null,
    strikes: { forward: diesAt === undefined ? [] : [{ ...dies, atStep: diesAt }], rollback: [] },
    turnBackAt: null,
    impatient: false,
  };
}

function strike(random: Random, hosts: number): Strike {
  const fault = random.pick(faults);
  const [least, most] = lasting[fault];
  return {
    fault,
    host: random.integer(0, hosts - 1),
    atPart: random.fraction(),
    delayMs: random.integer(0, 1_500),
    lastsMs: random.integer(least, most),
  };
}
