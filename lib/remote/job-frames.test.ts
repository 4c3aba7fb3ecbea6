import assert from "node:assert/strict";
import { test } from "node:test";
import { createFrameReader, type JobFrame } from "./job-frames.ts";

const wire = Buffer.from(
  "Welcome to node-1!\nS 1 1\nuplift-job 1\nS 77 1700000000000\n.\n" +
    "O 0 6\nhi\nX\nyE 5 3\nabcE 8 1\n!X 3 10 20\n",
);

function read(pieces: Buffer[]): JobFrame[] {
  const frames: JobFrame[] = [];
  const take = createFrameReader((frame) => frames.push(frame));
  for (const piece of pieces) take(piece);
  return frames;
}

/** Joins neighbouring output, so that the cutting does not matter. */
function joined(frames: JobFrame[]): JobFrame[] {
  const result: JobFrame[] = [];
  for (const frame of frames) {
    const last = result.at(-1);
    if (
      frame.kind === "output" &&
      last?.kind === "output" &&
      last.stream === frame.stream &&
      last.offset + last.bytes.length === frame.offset
    ) {
      result.pop();
      result.push({ ...last, bytes: Buffer.concat([last.bytes, frame.bytes]) });
    } else result.push(frame);
  }
  return result;
}

const expected: JobFrame[] = [
  { kind: "opened" },
  { kind: "started", pid: 77, startedAt: 1_700_000_000_000 },
  { kind: "quiet" },
  { kind: "output", stream: "stdout", offset: 0, bytes: Buffer.from("hi\nX\ny") },
  { kind: "output", stream: "stderr", offset: 5, bytes: Buffer.from("abc!") },
  { kind: "exited", exitCode: 3, startedAt: 10, endedAt: 20 },
];

test("reads frames whatever the chunks, and skips what a login shell printed", () => {
  assert.deepEqual(joined(read([wire])), expected);
  for (let size = 1; size < 20; size += 1) {
    const pieces = [];
    for (let at = 0; at < wire.length; at += size) pieces.push(wire.subarray(at, at + size));
    assert.deepEqual(joined(read(pieces)), expected, `in pieces of ${size}`);
  }
});

test("hands output on before its frame is complete", () => {
  const frames = read([Buffer.from("uplift-job 1\nO 7 1000\npart")]);
  assert.deepEqual(frames.at(-1), {
    kind: "output",
    stream: "stdout",
    offset: 7,
    bytes: Buffer.from("part"),
  });
});

test("reads the ends", () => {
  const ends = read([Buffer.from("uplift-job 1\nL the host was restarted\nA\nF disk full\n")]);
  assert.deepEqual(ends.slice(1), [
    { kind: "lost", reason: "the host was restarted" },
    { kind: "absent" },
    { kind: "fault", message: "disk full" },
  ]);
});

test("refuses what is not a frame", () => {
  for (const line of ["hello", "O 1", "O -1 5", "X", "X 1 2", "X one 2 3", "S 5", ""]) {
    assert.throws(() => read([Buffer.from(`uplift-job 1\n${line}\n`)]), /not a job frame/, line);
  }
  assert.throws(() => read([Buffer.from(`uplift-job 1\n${"x".repeat(5_000)}`)]), /not a job frame/);
});
