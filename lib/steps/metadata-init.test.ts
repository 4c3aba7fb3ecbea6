import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { NodeId, StepId } from "#lib/domain/ids.ts";
import type { StepContext } from "./context.ts";
import { metadataInit } from "./metadata-init.ts";

const [first, second] = ["nod_000000000001", "nod_000000000002"] as [NodeId, NodeId];
const completed = "[Completed] All initialization steps are executed\n";

const initStep = (id: string, nodeId: NodeId) => ({
  ...{ id: id as StepId, kind: "metadata.init" },
  params: { nodeId, containerName: "oms_331" },
});
const steps = [initStep("init.hz-1", first), initStep("init.hlj-1", second)];

/**
 * Initialises the second region.
 *
 * @param onFirst whether docker_init.sh runs in the first region's container; null: its host gives no answer
 * @param word whether a person said that the first region's initialisation is over
 */
async function initialiseSecond(onFirst: boolean | null, word: boolean) {
  const done: string[] = [];
  const reason = word ? { text: "seen in OMS", by: { userId: "usr_1", name: "Ann" } } : null;
  const context = {
    step: steps[1],
    params: steps[1]?.params,
    plan: { steps },
    state: () => ({ backups: [], leftOut: {}, steps: { "init.hz-1": { reason } } }),
    hostName: (nodeId: NodeId) => (nodeId === first ? "hz-1" : "hlj-1"),
    look: async (nodeId: NodeId, { argv }: { argv: readonly string[] }) => {
      if (argv[1] === "exec") {
        done.push(`looks on ${nodeId === first ? "hz-1" : "hlj-1"}`);
        if (onFirst === null) throw new Error("hz-1 gives no answer");
        return { code: onFirst ? 0 : 1, stdout: "", stderr: "" };
      }
      const container = {
        ...{ Id: "c2", Name: "/oms_331", Image: "sha256:1", Mounts: [] },
        State: { Running: true, StartedAt: "2026-01-01T00:00:00Z" },
        Config: { Image: "oms", Env: [], Labels: {} },
        HostConfig: { NetworkMode: "host", Privileged: true },
      };
      return { code: 0, stdout: JSON.stringify([container]), stderr: "" };
    },
    note: (text: string) => done.push(text),
    job: async () => {
      done.push("initialises");
      return { exitCode: 0, stdout: completed, stderr: "", startedAt: 0, endedAt: 2_000 };
    },
  };
  await metadataInit.run(context as unknown as StepContext<"metadata.init">);
  return done;
}

describe("the initialisation of one region, while another's may still run", () => {
  test("an exit code that was seen is believed: nobody is asked", async () => {
    assert.deepEqual(await initialiseSecond(true, false), ["initialises"]);
  });

  test("after a person's word the other container is asked, and nothing runs there", async () => {
    assert.deepEqual(await initialiseSecond(false, true), ["looks on hz-1", "initialises"]);
  });

  test("after a person's word docker_init.sh still runs there: none is started", async () => {
    await assert.rejects(initialiseSecond(true, true), (error: Error & { code?: string }) => {
      assert.equal(error.code, "init.under_way");
      assert.match(error.message, /docker_init\.sh runs in oms_331 on hz-1 already/);
      return true;
    });
  });

  test("a host that gives no answer leaves it at that person's word, and the log says so", async () => {
    const [, said, last] = await initialiseSecond(null, true);
    assert.match(said ?? "", /hz-1 gives no answer.*Ann's word/);
    assert.equal(last, "initialises");
  });
});
