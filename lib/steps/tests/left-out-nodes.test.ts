import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeId } from "#lib/domain/ids.ts";
import type { StepContext } from "../context.ts";
import { requireGone } from "../left-out-nodes.ts";
import { requireProvenBackups } from "../proven-backups.ts";

const [gone, there] = ["nod_000000000001", "nod_000000000002"] as [NodeId, NodeId];
const silentSince = "2026-01-01T02:00:00.000Z";
const fiveMinutesLater = Date.parse(silentSince) + 300_000;

const context = (leftOut: object, backupOn: NodeId = there, dumpOn: NodeId = there) =>
  ({
    step: { hop: null },
    plan: {
      hosts: [
        { nodeId: gone, address: "10.77.1.11" },
        { nodeId: there, address: "10.77.1.12" },
      ],
      steps: [
        {
          kind: "database.dump",
          hop: null,
          params: { key: "rm", database: "oms_rm", nodeId: dumpOn },
        },
      ],
    },
    state: () => ({ leftOut, backups: [{ key: "rm", nodeId: backupOn, proven: true }] }),
    now: () => fiveMinutesLater,
    hostName: () => "hz-1",
  }) as unknown as StepContext<"metadata.init">;

const sessions = (...rows: [host: string, seconds: number][]) => ({
  query: async () => rows.map(([host, seconds], id) => ({ id, host, seconds })),
});

test("a session that was at work since the node fell silent means that it is not gone", async () => {
  const look = (...rows: [string, number][]) =>
    requireGone(context({ [gone]: { silentSince } }), sessions(...rows));
  await assert.rejects(look(["10.77.1.11:40312", 1], ["10.77.1.11:40313", 250]), {
    code: "node.still_active",
    message: /hz-1 was left out, but 2 of its sessions/,
  });
  // What a dead host left behind, other hosts, and one whose address only begins alike.
  await look(["10.77.1.11:40312", 301], ["10.77.1.12:1", 0], ["10.77.1.110:1", 0], ["", 0]);
});

test("nobody is asked for nodes that were not left out", async () => {
  const never = { query: () => Promise.reject(new Error("asked")) };
  await requireGone(context({}), never);
});

test("a backup that is to be made anew elsewhere does not count where it was", () => {
  requireProvenBackups(context({}, there, there));
  assert.throws(() => requireProvenBackups(context({}, gone, there)), { code: "dump.unproven" });
});
