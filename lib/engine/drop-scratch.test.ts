import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { sql } from "#lib/commands/sql.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { type By, RunEvent, type RunEventBody } from "#lib/domain/events.ts";
import type { NodeId, RunId, StepId } from "#lib/domain/ids.ts";
import type { StepOfKind } from "#lib/domain/step.ts";
import type { SqlConnection } from "#lib/metadb/connect.ts";
import type { SqlRow } from "#lib/metadb/types.ts";
import {
  exampleFacts,
  exampleInventory,
  examplePlanId,
  twoRegions,
} from "#lib/planner/example-deployments.ts";
import { planPractice } from "#lib/planner/plan-practice.ts";
import { dropScratchOf } from "./drop-scratch.ts";
import type { EnginePorts } from "./ports.ts";

const runId = "run_000000000001" as RunId;
const by: By = { userId: "u1", name: "Operator" };
const plan = planPractice({
  planId: examplePlanId,
  inventory: exampleInventory(twoRegions),
  facts: exampleFacts(twoRegions),
  rehearse: true,
});
const rehearsals = plan.steps.filter(
  (step): step is StepOfKind<"database.rehearse"> => step.kind === "database.rehearse",
);
const [first, second, third] = rehearsals;
if (!first || !second || !third) throw new Error("the example has too few databases");
const via = first.params.route.via;

const begun = ({ id }: { id: StepId }, attempt = 1): RunEventBody => ({
  ...{ type: "step.started", stepId: id, attempt },
});
const ended = ({ id }: { id: StepId }, attempt = 1): RunEventBody => ({
  ...{ type: "step.finished", stepId: id, attempt, output: {}, from: "run" },
});
const failed = ({ id }: { id: StepId }, attempt = 1): RunEventBody => ({
  ...{ type: "step.failed", stepId: id, attempt },
  error: { code: "rehearsal.failed", message: "m", remedy: "r", retryable: true },
});

/** What a node's databases look like afterwards, and what was asked of hosts. */
function world(
  bodies: RunEventBody[],
  { hostAway = false, marks = {} as Record<string, string> } = {},
) {
  const created: RunEventBody[] = [
    { type: "run.created", deploymentId: plan.deploymentId, purpose: "practice", by },
    {
      ...{ type: "leg.started", leg: "forward", planId: plan.id, planHash: "h", by },
      stepIds: plan.steps.map(({ id }) => id),
    },
    { type: "run.taken-up", worker: "w", generation: 1 },
  ];
  const journal = [...created, ...bodies].map((body, index) =>
    RunEvent.parse({ runId, seq: index + 1, at: "2026-01-01T00:00:00.000Z", body }),
  );
  const there = new Map(
    rehearsals.map(({ params }) => [params.scratch, marks[params.scratch] ?? plan.id] as const),
  );
  const did: string[] = [];
  const reported: string[] = [];
  const dialled: string[] = [];
  const named = (text: string) => /`(uplift_\w+)`/.exec(text)?.[1] ?? "";
  const session = {
    server: { family: "mariadb", release: [10, 11, 6], version: "10.11.6-MariaDB" },
    async query(text: string, [name = ""]: readonly unknown[] = []): Promise<SqlRow[]> {
      if (text.includes("information_schema.SCHEMATA")) {
        return there.has(String(name)) ? [{ characterSet: "utf8mb4", collation: "x" }] : [];
      }
      if (text.includes("SUM(TABLE_TYPE")) return [{ tables: 9, views: 0, bytes: 0 }];
      if (text.includes("TABLE_NAME = ?")) return [{ name: "uplift_rehearsal" }];
      if (text.startsWith("SELECT made_by")) return [{ madeBy: there.get(named(text)) ?? "" }];
      return [];
    },
    async execute(text: string): Promise<number> {
      did.push(text);
      there.delete(named(text));
      return 0;
    },
    close: async () => void did.push("close"),
  };
  const host = (nodeId: NodeId) => ({
    target: { name: nodeId },
    dial: async (to: string, port: number) => void dialled.push(`${nodeId} ${to}:${port}`),
    cancelJob: async ({ step, attempt }: { step: string; attempt: number }) => {
      if (hostAway) throw new UpliftError("ssh.unreachable", "no answer", { remedy: "Look." });
      did.push(`end ${step}.${attempt} on ${nodeId}`);
    },
  });
  const ports = {
    journal: { read: async () => journal },
    queue: { plan: async () => plan },
    host: async (nodeId: NodeId) => host(nodeId),
    secret: async () => "password",
    connectSql: async (_to: SqlConnection) => session,
    report: (message: string) => void reported.push(message),
  } as unknown as EnginePorts;
  return { ports, did, there, reported, dialled };
}

const dropOf = ({ params }: { params: { scratch: string } }) => sql.dropScratch(params.scratch);
const endOf = ({ id, params }: StepOfKind<"database.rehearse">, attempt: number) =>
  `end ${id}.${attempt} on ${params.nodeId}`;

describe("the scratch databases of an ended run", () => {
  test("those of unfinished rehearsals are dropped, once nothing can fill them any more", async () => {
    const { ports, did, dialled } = world([
      ...[begun(first), failed(first), { type: "step.reset", stepId: first.id, by } as const],
      begun(first, 2),
    ]);
    await dropScratchOf(ports, { runId, nodeId: via });
    // Every attempt: the one before the last may have left a client running, too.
    assert.deepEqual(did, [endOf(first, 2), endOf(first, 1), dropOf(first), "close"]);
    const { host, port } = first.params.route.server;
    assert.deepEqual(dialled, [`${via} ${host}:${port}`]);
  });

  test("what ended well, and what never began, is not looked for", async () => {
    const { ports, did, there } = world([begun(first), ended(first)]);
    await dropScratchOf(ports, { runId, nodeId: via });
    assert.deepEqual(did, []);
    assert.equal(there.size, rehearsals.length);
  });

  test("one that was skipped after a failure is dropped", async () => {
    const skip = { type: "step.skipped", stepId: second.id, reason: "late", by } as const;
    const { ports, did } = world([begun(second), failed(second), skip]);
    await dropScratchOf(ports, { runId, nodeId: second.params.route.via });
    assert.ok(did.includes(dropOf(second)), did.join());
  });

  test("only those that are reached through the node in question", async () => {
    const { ports, did } = world([begun(first)]);
    const other = plan.hosts.find(({ nodeId }) => nodeId !== via)?.nodeId as NodeId;
    await dropScratchOf(ports, { runId, nodeId: other });
    assert.deepEqual(did, []);
  });

  test("a host that gives no answer keeps nothing from being dropped, and is reported", async () => {
    const { ports, did, reported } = world([begun(third)], { hostAway: true });
    await dropScratchOf(ports, { runId, nodeId: third.params.route.via });
    assert.deepEqual(did, [dropOf(third), "close"]);
    assert.match(reported.join(), /rehearsal .* could not be ended on its host/);
  });

  test("a database with somebody else's mark stays, and the session is closed", async () => {
    const marks = { [first.params.scratch]: "pln_ffffffffffff" };
    const { ports, did, there } = world([begun(first)], { marks });
    await assert.rejects(
      dropScratchOf(ports, { runId, nodeId: via }),
      (error) => error instanceof UpliftError && error.code === "rehearsal.refused",
    );
    assert.deepEqual(did, [endOf(first, 1), "close"]);
    assert.ok(there.has(first.params.scratch));
  });

  test("a run without a journal or a plan has left none", async () => {
    const { ports, did } = world([begun(first)]);
    const empty = { ...ports, journal: { read: async () => [] } } as unknown as EnginePorts;
    await dropScratchOf(empty, { runId, nodeId: via });
    assert.deepEqual(did, []);
  });
});
