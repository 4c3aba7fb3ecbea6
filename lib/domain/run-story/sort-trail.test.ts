import assert from "node:assert/strict";
import { test } from "node:test";
import { StepId } from "../ids.ts";
import type { StepStatus } from "../run.ts";
import type { CommandLine } from "./commands-run.ts";
import { sortCommands, sortStory } from "./sort-trail.ts";
import type { StoryLine } from "./story.ts";

const at = (second: number) => new Date(second * 1_000).toISOString();

function step(seq: number, host: string, status: StepStatus, seconds: number | null): StoryLine {
  const endedAt = seconds === null ? null : at(seq + seconds);
  const attempt = { number: 1, status, endedAt, foundDone: false };
  return { seq, at: at(seq), kind: "step", text: "Stop", host, attempt };
}

const story = [
  { seq: 1, at: at(1), kind: "person", text: "Ada starts it" } as const,
  step(2, "hz-10", "succeeded", 5),
  step(3, "hz-2", "failed", 60),
  step(4, "hz-2", "running", null),
  step(5, "hz-10", "succeeded", 7),
].map((line: StoryLine) => ({ line }));

test("a story is sorted by a column; what has no such thing comes last, either way", () => {
  const seqs = (by: Parameters<typeof sortStory>[1]["by"], descending = false) =>
    sortStory(story, { by, descending })
      .map(({ line }) => line.seq)
      .join("");
  assert.equal(seqs("time"), "12345");
  assert.equal(seqs("time", true), "54321");
  assert.equal(seqs("host"), "34251");
  assert.equal(seqs("host", true), "25341");
  assert.equal(seqs("outcome"), "34251");
  assert.equal(seqs("outcome", true), "25431");
  assert.equal(seqs("took"), "25314");
  assert.equal(seqs("took", true), "35214");
});

function command(seq: number, host: string, exitCode: number | null, ms: number): CommandLine {
  const stepId = StepId.parse("forward.stop");
  const where = { seq, at: at(seq), stepId, attempt: 1, host } as const;
  return { ...where, kind: "shell", command: "docker stop", exitCode, durationMs: ms, output: "" };
}

test("commands are sorted by a column; one that has not come back counts as the worst exit", () => {
  const commands = [
    command(1, "hz-10", 0, 30),
    command(2, "hz-2", null, 90),
    command(3, "hz-2", 137, 20),
    command(4, "hz-10", 0, 90),
  ];
  const seqs = (by: Parameters<typeof sortCommands>[1]["by"], descending = false) =>
    sortCommands(commands, { by, descending })
      .map(({ seq }) => seq)
      .join("");
  assert.equal(seqs("time"), "1234");
  assert.equal(seqs("time", true), "4321");
  assert.equal(seqs("host"), "2314");
  assert.equal(seqs("exit", true), "2314");
  assert.equal(seqs("exit"), "1432");
  assert.equal(seqs("duration", true), "2413");
});
