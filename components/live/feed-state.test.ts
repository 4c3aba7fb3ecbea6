import assert from "node:assert/strict";
import { test } from "node:test";
import { replay } from "#lib/domain/apply-event.ts";
import { RunEvent, type RunEventBody } from "#lib/domain/events.ts";
import type { RunId, StepId } from "#lib/domain/ids.ts";
import type { Feed, LogLine } from "#lib/realtime/protocol.ts";
import { FeedState } from "./feed-state.ts";

const runId = "run_000000000001" as RunId;
const stepId = "stop.a" as StepId;
const by = { userId: "u", name: "Operator" };
const bodies = [
  { type: "run.created", deploymentId: "dep_000000000001", by },
  {
    type: "leg.started",
    leg: "forward",
    planId: "pln_000000000001",
    planHash: "h",
    stepIds: [stepId],
    by,
  },
  { type: "run.taken-up", worker: "w", generation: 1 },
  { type: "step.started", stepId, attempt: 1 },
  { type: "step.finished", stepId, attempt: 1, output: {}, from: "run" },
  { type: "run.succeeded" },
] as unknown as RunEventBody[];
const events = bodies.map((body, index) =>
  RunEvent.parse({ runId, seq: index + 1, at: "2026-01-01T00:00:00.000Z", body }),
);
const piece = (seq: number, text: string): LogLine => ({
  ...{ seq, stepId, attempt: 1, nodeId: null, stream: "stdout" as const },
  ...{ offset: 0, at: "2026-01-01T00:00:00.000Z", text },
});
const feed = (some: RunEvent[], log: LogLine[] = []): Feed => ({
  ...{ runId, events: some, log, now: 1_000, caughtUp: true },
});
const fresh = () => new FeedState(replay(events.slice(0, 2))!, 0);
const texts = (state: FeedState) => state.log.lines.map(({ text }) => text);

test("batches that overlap and repeat give the state once", () => {
  const state = fresh();
  assert.ok(state.take(feed(events.slice(0, 4)), 0));
  assert.ok(state.take(feed(events.slice(1, 5)), 0));
  assert.ok(state.take(feed(events.slice(4)), 400));
  assert.deepEqual(state.run, replay(events));
  assert.equal(state.aheadMs, 600);
});

test("a gap and a disorder are refused, and what was good stays", () => {
  const state = fresh();
  assert.equal(state.take(feed([events[4]!]), 0), false);
  assert.equal(state.run.seq, 2);
  assert.equal(state.take(feed([events[2]!, events[4]!, events[3]!]), 0), false);
  assert.equal(state.run.seq, 3);
  assert.ok(state.take(feed(events), 0));
  assert.equal(state.run.status, "succeeded");
});

test("the log is complete, in order and without repeats, whatever the batches", () => {
  const state = fresh();
  state.take(feed([], [piece(1, "one\ntw"), piece(2, "o\nthree\n")]), 0);
  state.take(feed([], [piece(2, "o\nthree\n"), piece(3, "four\n")]), 0);
  assert.deepEqual(texts(state), ["one", "two", "three", "four"]);
});

test("a piece that comes before its turn is refused, and nothing is lost or doubled", () => {
  const state = fresh();
  assert.ok(state.take(feed([], [piece(1, "one\n")]), 0));
  assert.equal(state.take(feed([], [piece(3, "three\n")]), 0), false);
  assert.deepEqual(texts(state), ["one"]);
  assert.equal(state.lastLog, 1);
  assert.ok(state.take(feed([], [piece(2, "two\n"), piece(3, "three\n")]), 0));
  assert.deepEqual(texts(state), ["one", "two", "three"]);
});

test("a node that gives no answer is shown since the moment it was missed, until it answers", () => {
  const nodeId = "nod_000000000001";
  const error = { code: "ssh.unreachable", message: "no answer", remedy: "look", retryable: true };
  const since = "2026-01-01T02:14:07.000Z";
  const journal = [
    ...bodies.slice(0, 4),
    { type: "host.lost", nodeId, since, error },
    { type: "host.back", nodeId },
  ].map((body, index) =>
    RunEvent.parse({ runId, seq: index + 1, at: "2026-01-01T02:14:10.000Z", body }),
  );
  const state = fresh();
  assert.ok(state.take(feed(journal.slice(2, 5)), 0));
  assert.deepEqual(state.run.unreachable, { [nodeId]: { since, error } });
  assert.ok(state.take(feed(journal), 0));
  assert.deepEqual(state.run.unreachable, {});
});
