import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeId } from "#lib/domain/ids.ts";
import { absencesAfter } from "./absences.ts";

const nodeId = "nod_000000000001" as NodeId;
const start = Date.UTC(2026, 0, 1, 2, 0);

/** A look at one node, so many seconds after the start. */
const look = (seconds: number, code: string | null) => [
  {
    nodeId,
    seenAt: new Date(start + seconds * 1000).toISOString(),
    errors: code === null ? [] : [{ code, message: "", remedy: "" }],
  },
];
const since = (...looks: [number, string | null][]) => {
  const last = looks.reduce(
    (known, [seconds, code]) => absencesAfter(known, look(seconds, code)),
    new Map(),
  );
  const found = last.get(nodeId);
  return found ? (found.since - start) / 1000 : null;
};
const gone = "ssh.unreachable";

test("a node is away since the first of the looks in a row that got no answer", () => {
  assert.equal(since([0, null]), null);
  assert.equal(since([0, null], [30, gone]), 30);
  assert.equal(since([0, gone], [30, "bastion.unreachable"], [60, "ssh.connection_lost"]), 0);
});

test("an answer ends it, and so does a time in which nobody looked", () => {
  assert.equal(since([0, gone], [30, null]), null);
  assert.equal(since([0, gone], [30, null], [60, gone]), 60);
  assert.equal(since([0, gone], [600, gone]), 600);
});

test("a node that refuses us is there", () => {
  for (const code of ["ssh.auth_failed", "ssh.host_key_changed", "docker.unresponsive"]) {
    assert.equal(since([0, code]), null, code);
  }
});
