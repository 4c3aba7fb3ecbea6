import assert from "node:assert/strict";
import { test } from "node:test";
import { createOutputCollector } from "./job-output.ts";

test("puts pieces together and counts bytes per stream", () => {
  const output = createOutputCollector();
  const text = Buffer.from("héllo");
  output.add({ stream: "stdout", offset: 0, bytes: text.subarray(0, 2) });
  output.add({ stream: "stderr", offset: 0, bytes: Buffer.from("no") });
  output.add({ stream: "stdout", offset: 2, bytes: text.subarray(2) });
  assert.equal(output.tail("stdout"), "héllo");
  assert.equal(output.tail("stderr"), "no");
  assert.deepEqual(output.offsets, { stdout: 6, stderr: 2 });
});

test("refuses gaps and repeats", () => {
  const output = createOutputCollector();
  output.add({ stream: "stdout", offset: 0, bytes: Buffer.from("abc") });
  for (const offset of [0, 2, 4]) {
    assert.throws(() => output.add({ stream: "stdout", offset, bytes: Buffer.from("x") }));
  }
});

test("keeps the last 256 KiB and no half character", () => {
  const output = createOutputCollector();
  const piece = Buffer.from("密".repeat(10_000));
  let offset = 0;
  for (let count = 0; count < 40; count += 1) {
    output.add({ stream: "stdout", offset, bytes: piece });
    offset += piece.length;
  }
  const tail = output.tail("stdout");
  assert.match(tail, /^密+$/);
  assert.equal(tail.length, Math.floor((256 * 1024) / 3));
  assert.equal(output.offsets.stdout, 40 * 30_000);
});
