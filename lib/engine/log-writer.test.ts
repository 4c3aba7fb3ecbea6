import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeId, RunId, StepId } from "#lib/domain/ids.ts";
import type { Claim, NewLogChunk, RunLog } from "#lib/store/types.ts";
import { LogWriter } from "./log-writer.ts";

const claim: Claim = { runId: "run_000000000001" as RunId, worker: "w", generation: 1 };

function writer(append: (chunks: readonly NewLogChunk[]) => Promise<void> = async () => undefined) {
  const stored: NewLogChunk[] = [];
  const log: Pick<RunLog, "append"> = {
    append: async (_claim, chunks) => {
      await append(chunks);
      stored.push(...chunks);
    },
  };
  return { writer: new LogWriter(log as RunLog, claim), stored };
}

const chunk = (text: string, more: Partial<NewLogChunk> = {}): NewLogChunk => ({
  ...{ stepId: "init" as StepId, attempt: 1, nodeId: "nod_a" as NodeId, stream: "stdout" },
  ...{ at: "2026-01-01T00:00:00.000Z", text, sourceEnd: null, ...more },
});
const texts = (chunks: readonly NewLogChunk[]) => chunks.map(({ text }) => text);

test("pieces of one stream that follow each other are stored as one", async () => {
  const { writer: logs, stored } = writer();
  logs.add(chunk("a\n", { sourceEnd: 2 }));
  logs.add(chunk("b\n", { sourceEnd: 4, at: "2026-01-01T00:00:00.050Z" }));
  await logs.flush();
  assert.deepEqual(stored, [chunk("a\nb\n", { sourceEnd: 4 })]);
});

test("what comes from elsewhere stays apart, and the order stays", async () => {
  const { writer: logs, stored } = writer();
  const others: Partial<NewLogChunk>[] = [
    { stream: "stderr" },
    { nodeId: "nod_b" as NodeId },
    { attempt: 2 },
    { stepId: "stop" as StepId },
    {},
  ];
  logs.add(chunk("0"));
  for (const [index, other] of others.entries()) logs.add(chunk(`${index + 1}`, other));
  await logs.flush();
  assert.deepEqual(texts(stored), ["0", "1", "2", "3", "4", "5"]);
});

test("a stored piece does not grow without end", async () => {
  const { writer: logs, stored } = writer();
  for (let count = 0; count < 100; count++) logs.add(chunk(`${"x".repeat(999)}\n`));
  await logs.flush();
  assert.equal(texts(stored).join("").length, 100_000);
  assert.ok(stored.length <= 7, `${stored.length} pieces`);
  assert.ok(stored.every(({ text }) => text.length <= 16 * 1024));
});

test("what could not be stored is told by the next flush, and nothing is stored behind it", async () => {
  let calls = 0;
  const { writer: logs, stored } = writer(async () => {
    calls++;
    throw new Error("disk full");
  });
  logs.add(chunk("a"));
  await assert.rejects(logs.flush(), /disk full/);
  logs.add(chunk("b"));
  await assert.rejects(logs.flush(), /disk full/);
  assert.equal(calls, 1);
  assert.deepEqual(stored, []);
});
