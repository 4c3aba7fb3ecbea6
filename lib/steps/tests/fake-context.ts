import { UpliftError } from "#lib/domain/errors.ts";
import type { NodeId, PlanId, StepId } from "#lib/domain/ids.ts";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { StepKind, StepOfKind, StepParams } from "#lib/domain/step.ts";
import type { SqlSession } from "#lib/metadb/types.ts";
import type { ExecResult, JobState } from "#lib/remote/types.ts";
import type { StepContext } from "../context.ts";

export const nodeId = "nod_000000000001" as NodeId;
export const planId = "pln_000000000001" as PlanId;
const stepId = "step" as StepId;

/** When the attempt that is probed began, by the dashboard's clock. */
export const attemptBegan = "2026-01-01T02:00:00.000Z";

/** What a probe finds, wherever it looks. */
export interface World {
  /** What has become of the step's job. */
  job?: JobState;
  /** Answers `docker inspect` of a container: null for "there is none". */
  container?: FakeContainer | null;
  /** Answers `docker image inspect`: an id, or null for "there is none". */
  image?: string | null;
  /** Whether docker_init.sh runs in its container. */
  initRuns?: boolean;
  /** What docker says instead of anything else; exit code 1. */
  dockerTrouble?: string;
  /** The value of ha.config in the MetaDB; null: no such row. */
  ha?: string | null;
  /** What the step had committed that it would write. */
  intent?: unknown;
  /** Host ahead of the dashboard, milliseconds. */
  skewMs?: number;
  /** The host gives no answer. */
  away?: boolean;
}

export interface FakeContainer {
  id: string;
  name: string;
  running: boolean;
  labels?: Record<string, string>;
  startedAt?: string;
}

/** A context whose host and MetaDB are as the world says, and in which nothing can be changed. */
export function fakeContext<K extends StepKind>(
  kind: K,
  params: StepParams<K>,
  world: World,
): { context: StepContext<K>; marks: string[] } {
  const marks: string[] = [];
  const reach = () => {
    if (!world.away) return;
    throw new UpliftError("ssh.unreachable", "hz-1 cannot be reached.", {
      ...{ host: "hz-1", remedy: "Check that it is up.", retryable: true },
    });
  };
  const never = () => Promise.reject(new Error("a probe changes nothing"));
  const context = {
    step: { id: stepId, kind, params, timeoutMs: 60_000 } as StepOfKind<K>,
    ...{ params, attempt: 1, signal: new AbortController().signal },
    plan: { id: planId, steps: [] as Plan["steps"] } as Plan,
    state: () => ({ steps: { [stepId]: { startedAt: attemptBegan } } }) as unknown as RunState,
    now: () => Date.parse(attemptBegan) + 60_000,
    hostName: () => "hz-1",
    look: async (_nodeId: NodeId, command: { argv: readonly string[] }) => {
      reach();
      return answer(command.argv, world);
    },
    jobState: async () => {
      reach();
      return world.job ?? { state: "absent" };
    },
    sql: async (_route: unknown, work: (session: SqlSession) => Promise<unknown>) => {
      reach();
      return work(sessionOn(world));
    },
    clock: async () => {
      reach();
      const skewMs = world.skewMs ?? 0;
      return { hostTime: skewMs, localTime: 0, skewMs, roundTripMs: 1 };
    },
    intent: () => world.intent ?? null,
    mark: async (mark: string, _nodeId: NodeId, hostTimeMs: number) => {
      marks.push(`${mark} ${hostTimeMs}`);
    },
    note: () => undefined,
    outputOf: () => null,
    ...{
      exec: never,
      job: never,
      cancelJob: never,
      endJobsOf: never,
      intend: never,
      progress: never,
    },
    ...{ httpGet: never, secret: never, recordBackup: never, backupProven: never, lock: never },
  };
  return { context: context as unknown as StepContext<K>, marks };
}

function answer(argv: readonly string[], world: World): ExecResult {
  const says = (code: number, stdout: string, stderr = ""): ExecResult => ({
    ...{ code, signal: null, stdout, stderr, durationMs: 1 },
  });
  if (world.dockerTrouble !== undefined) return says(1, "", world.dockerTrouble);
  const [, verb, object] = argv;
  if (verb === "exec") return says(world.initRuns ? 0 : 1, "");
  if (verb === "image") {
    const { image } = world;
    return image ? says(0, `${image}\n`) : says(1, "[]", `Error: No such image: ${argv.at(-1)}`);
  }
  if (verb === "inspect" && object === "--type") {
    const { container } = world;
    if (container && container.name === argv.at(-1))
      return says(0, JSON.stringify([inspected(container)]));
    return says(1, "[]", `Error: No such container: ${argv.at(-1)}`);
  }
  throw new Error(`no answer to ${argv.join(" ")}`);
}

/** The part of `docker inspect` that is read. */
function inspected(container: FakeContainer): object {
  const { id, name, running, labels = {}, startedAt = "2025-12-31T00:00:00Z" } = container;
  return {
    ...{ Id: id, Name: `/${name}`, Image: "sha256:1", Mounts: [] },
    State: { Running: running, StartedAt: startedAt },
    Config: { Image: "oms", Env: [], Labels: labels },
    HostConfig: { NetworkMode: "host", Privileged: true },
  };
}

function sessionOn(world: World): SqlSession {
  return {
    server: { family: "mariadb", release: [10, 11, 6], version: "10.11.6-MariaDB" },
    query: async () => (typeof world.ha === "string" ? [{ cfg_value: world.ha }] : []),
    execute: () => Promise.reject(new Error("a probe changes nothing")),
    transaction: (work) => work(),
    close: async () => undefined,
  };
}
