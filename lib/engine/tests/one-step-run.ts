import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { replay } from "#lib/domain/apply-event.ts";
import type { ErrorCode } from "#lib/domain/errors.ts";
import { StepId } from "#lib/domain/ids.ts";
import { InstallationId } from "#lib/domain/lock.ts";
import type { RunState, StepState } from "#lib/domain/run.ts";
import { Secret } from "#lib/domain/secret.ts";
import type { Step } from "#lib/domain/step.ts";
import { enqueueCommand } from "#lib/store/commands.ts";
import { createRun } from "#lib/store/create-run.ts";
import { prismaStore } from "#lib/store/store.ts";
import { ada, type Seed, seedDeployment, seedPlan, seedSteps } from "#lib/store/tests/fixtures.ts";
import { Engine } from "../engine.ts";
import { FakeHost } from "./fake-host.ts";

const installation = InstallationId.parse("ins_000000000000");

/**
 * A run that stops the one container of a host, or initialises the metadata in it, on an engine of its own, in the open
 * store.
 *
 * @param away what every use of the host fails with at first
 * @param deadlineMs of the step
 */
export async function beginOneStepRun(
  away: ErrorCode | null = null,
  patienceMs = 120_000,
  kind: "container.stop" | "metadata.init" = "container.stop",
  deadlineMs = 60_000,
) {
  const seed = await seedDeployment();
  const { plan, hash, stepId } = await (kind === "container.stop"
    ? seedPlan(seed, undefined, deadlineMs)
    : seedInit(seed, deadlineMs));
  const runId = await createRun({ planId: plan.id, planHash: hash, actor: ada });
  const host = new FakeHost("hz-1");
  host.away = away;
  const store = prismaStore();
  const start = () => {
    const engine = new Engine(
      {
        ...store,
        ...{ host: async () => host.remote, secret: async () => new Secret("unused") },
        connectSql: () => Promise.reject(new Error("no SQL here")),
        dashboard: async () => ({ installation, host: "ops-1", url: "http://ops-1:3000" }),
        lockStanding: async () => "foreign",
        otherDeployments: async () => [],
        ...{ onWanted: () => () => undefined, now: Date.now, report: () => undefined },
      },
      { worker: "test", pollMs: 20, patienceMs },
    );
    engine.start();
    return engine;
  };
  let engine = start();
  const read = () => store.journal.read(runId);
  const state = async (): Promise<RunState> => replay(await read()) ?? assert.fail("no journal");
  return {
    ...{ host, stepId, read },
    nodeId: seed.nodeId,
    /** The types of the events since the run was taken up. */
    types: async () => (await read()).slice(3).map(({ body }) => body.type),
    async until(holds: (state: RunState) => boolean): Promise<RunState> {
      for (let tries = 0; tries < 3_000; tries += 1) {
        const now = await state();
        if (holds(now)) return now;
        await sleep(20);
      }
      return assert.fail(`waited in vain: ${JSON.stringify(await read())}`);
    },
    /** Leaves a command about the step for the engine. */
    ask: (kind: "cancel" | "retry") =>
      enqueueCommand({
        ...{ runId, kind, stepId, reason: "it hangs", planId: null, planHash: null, actor: ada },
      }),
    /** The step once the run stands or has ended. */
    async stood(): Promise<StepState> {
      const { steps } = await this.until(
        ({ status }) => status !== "queued" && status !== "running",
      );
      return steps[stepId] ?? assert.fail("no such step");
    },
    /** Lets the engine go and starts another, as a process that was restarted would. */
    async restart(meanwhile: () => void = () => undefined) {
      await engine.stop();
      meanwhile();
      engine = start();
    },
    async [Symbol.asyncDispose]() {
      host.away = null;
      host.endJob();
      await engine.stop();
    },
  };
}

async function seedInit(seed: Seed, timeoutMs: number) {
  const { nodeId } = seed;
  const id = StepId.parse("init.hz-1");
  const step: Step = {
    ...{ id, kind: "metadata.init", phase: "init", scope: { type: "host", nodeId } },
    params: { nodeId, containerName: "oms_330" },
    ...{ hop: null, after: [], timeoutMs, quietMs: 1000, commands: [], changes: "", undo: "" },
  };
  return { ...(await seedSteps(seed, [step])), stepId: id };
}
