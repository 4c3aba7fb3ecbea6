import assert from "node:assert/strict";
import { test } from "node:test";
import { NodeId, RunId } from "#lib/domain/ids.ts";
import { InstallationId } from "#lib/domain/lock.ts";
import type { HostLock } from "#lib/services/views.ts";
import { groupLocks } from "./group-locks.ts";

function held(name: string, run: string, since: string): HostLock {
  const installation = InstallationId.parse("ins_000000000000");
  return {
    nodeId: NodeId.parse(`nod_${name.padEnd(12, "0")}`),
    ...{ name, trouble: null },
    lock: {
      ...{ text: `${run} ${since}`, standing: "foreign" },
      holder: {
        dashboard: { installation, host: "ops", url: "http://ops:3000" },
        runId: RunId.parse(`run_${run.padEnd(12, "0")}`),
        ...{ deployment: "OMS", startedBy: "Li Lei", since },
      },
    },
  };
}

test("nodes of one holder stand together, under the lock that was taken first", () => {
  const groups = groupLocks([
    held("a", "one", "2026-01-01T10:00:01.000Z"),
    held("b", "two", "2026-01-01T09:00:00.000Z"),
    held("c", "one", "2026-01-01T10:00:00.000Z"),
    { nodeId: NodeId.parse("nod_dddddddddddd"), name: "d", lock: null, trouble: null },
  ]);
  assert.deepEqual(
    groups.map(({ first, nodes }) => [first.text, nodes.map(({ name }) => name).join(" ")]),
    [
      ["one 2026-01-01T10:00:00.000Z", "a c"],
      ["two 2026-01-01T09:00:00.000Z", "b"],
    ],
  );
});

test("a text that nobody can read stands for itself", () => {
  const [node] = [held("a", "one", "2026-01-01T10:00:01.000Z")];
  const lock = { text: "mine!", holder: null, standing: "foreign" } as const;
  assert.deepEqual(groupLocks([{ ...node!, lock }])[0]?.first, lock);
});
