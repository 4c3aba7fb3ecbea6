import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodeId, StepId } from "../ids.ts";
import { LogLines, type LogPiece } from "./log-lines.ts";

const piece = (text: string, more: Partial<LogPiece> = {}): LogPiece => ({
  ...{ stepId: "init" as StepId, attempt: 1, nodeId: null, stream: "stdout" },
  ...{ at: "2026-01-01T00:00:00.000Z", text, ...more },
});
const on = (node: string) => ({ nodeId: node as NodeId });
function log(...pieces: LogPiece[]) {
  const lines = new LogLines();
  for (const one of pieces) lines.add(one);
  return lines;
}
const texts = ({ lines }: LogLines) => lines.map(({ text }) => text);

test("lines are in the order in which they were begun, whoever ended first", () => {
  const lines = log(
    piece("a1", on("nod_a")),
    piece("b1\nb2", on("nod_b")),
    piece("a1\n", on("nod_a")),
    piece("b2\nb3\n", on("nod_b")),
  );
  assert.deepEqual(texts(lines), ["a1a1", "b1", "b2b2", "b3"]);
  assert.deepEqual(lines.openPlaces(), []);
});

test("a line has the time of its beginning", () => {
  const later = { at: "2026-01-01T00:00:09.000Z" };
  const { lines } = log(piece("a"), piece("b\nc\n", later));
  assert.deepEqual(
    lines.map(({ at }) => at.slice(17, 19)),
    ["00", "09"],
  );
});

test("streams and attempts do not run into each other", () => {
  const lines = log(
    piece("out"),
    piece("err", { stream: "stderr" }),
    piece("again", { attempt: 2 }),
    piece("put\n"),
  );
  assert.deepEqual(texts(lines), ["output", "err", "again"]);
  assert.deepEqual(lines.openPlaces(), [1, 2]);
});

test("a progress bar stays where it began, and keeps its place when it is erased", () => {
  const lines = log(
    piece("10%\r", on("nod_a")),
    piece("other\n", on("nod_b")),
    piece("20%\r", on("nod_a")),
  );
  assert.deepEqual(texts(lines), ["20%", "other"]);
  lines.add(piece("\x1b[2K", on("nod_a")));
  assert.deepEqual(texts(lines), ["", "other"]);
  lines.add(piece("done\nnext\n", on("nod_a")));
  assert.deepEqual(texts(lines), ["done", "other", "next"]);
});

test("what is not text makes no line", () => {
  assert.deepEqual(texts(log(piece("\x1b]0;title\x07\x1b[0m\0"))), []);
});

test("lines are taken out in order as soon as they change no more", () => {
  const taken: string[] = [];
  const lines = new LogLines();
  const take = (most = 100) => taken.push(...lines.takeSettled(most).map(({ text }) => text));
  lines.add(piece("a1\na2", on("nod_a")));
  take();
  assert.deepEqual(taken, ["a1"]);
  lines.add(piece("b1\nb2\n", on("nod_b")));
  take();
  assert.deepEqual(taken, ["a1"]);
  lines.add(piece(" end\na3", on("nod_a")));
  take();
  assert.deepEqual(taken, ["a1", "a2 end", "b1", "b2"]);
  lines.add(piece("\n", on("nod_a")));
  take();
  assert.deepEqual(taken.slice(4), ["a3"]);
  assert.deepEqual(lines.lines, []);
});

test("a line that never ends does not hold the others back for ever", () => {
  const lines = new LogLines();
  lines.add(piece("Password: ", on("nod_a")));
  for (let count = 1; count <= 5; count++) lines.add(piece(`b${count}\n`, on("nod_b")));
  assert.deepEqual(lines.takeSettled(5), []);
  lines.add(piece("b6\nb", on("nod_b")));
  const taken = lines.takeSettled(5).map(({ text }) => text);
  assert.deepEqual(taken, ["Password: ", "b1", "b2", "b3", "b4", "b5", "b6"]);
  lines.add(piece("late\n", on("nod_a")));
  lines.add(piece("7\n", on("nod_b")));
  assert.deepEqual(texts(lines), ["b7", "late"]);
});
