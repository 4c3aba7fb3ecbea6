import assert from "node:assert/strict";
import { test } from "node:test";
import { StepId } from "../ids.ts";
import type { Render } from "../message.ts";
import type { StepStatus } from "../run.ts";
import type { ActivityLine } from "./activity.ts";
import {
  type ActivityFilter,
  activityCsv,
  filterActivity,
  sortActivity,
} from "./activity-lines.ts";

const at = (second: number) => new Date(second * 1_000).toISOString();
const stepId = StepId.parse("stop.a");
const where = { leg: "forward", phase: "stop" } as const;

function step(seq: number, host: string, status: StepStatus, seconds: number | null): ActivityLine {
  const endedAt = seconds === null ? null : at(seq + seconds);
  const attempt = { number: 1, status, endedAt, foundDone: false };
  return { ...where, seq, at: at(seq), kind: "step", text: "Stop", host, stepId, attempt };
}

function command(seq: number, host: string, exitCode: number | null, text: string): ActivityLine {
  const run = { attempt: 1, kind: "shell", command: text, exitCode, output: "said no" } as const;
  const line = { ...where, seq, at: at(seq), kind: "command", text: "", host, stepId } as const;
  return { ...line, command: { ...run, durationMs: 6_000 } };
}

const activity: ActivityLine[] = [
  { ...where, seq: 1, at: at(1), kind: "person", text: "Ada starts it", detail: "Reason: late" },
  step(2, "hz-10", "succeeded", 5),
  step(3, "hz-2", "failed", 60),
  step(4, "hz-2", "running", null),
  step(5, "hz-10", "succeeded", 7),
  command(6, "hz-2", 0, "docker ps"),
  command(7, "hz-10", null, "docker stop"),
];

const inEnglish: Render = String;
const inChinese: Render = (text) => String(text).replace("Stop", "停止");
const seqs = (lines: readonly ActivityLine[]) => lines.map(({ seq }) => seq).join("");

test("an activity is sorted by a column; what has no such thing comes last, either way", () => {
  const sorted = (by: Parameters<typeof sortActivity>[1]["by"], descending = false) =>
    seqs(sortActivity(activity, { by, descending }));
  assert.equal(sorted("time"), "1234567");
  assert.equal(sorted("time", true), "7654321");
  assert.equal(sorted("host"), "3462571");
  assert.equal(sorted("host", true), "2573461");
  // A command that never came back is as bad as a step that failed.
  assert.equal(sorted("outcome"), "3742561");
  assert.equal(sorted("outcome", true), "2564371");
  assert.equal(sorted("took"), "2675314");
  assert.equal(sorted("took", true), "3567214");
});

test("an activity is read in parts, of one host, by what it says in either language", () => {
  const read = (filter: Partial<ActivityFilter>) =>
    seqs(filterActivity(activity, { part: "all", host: "", text: "", ...filter }, inChinese));
  assert.equal(read({}), "1234567");
  assert.equal(read({ part: "events" }), "12345");
  assert.equal(read({ part: "decisions" }), "1");
  assert.equal(read({ part: "steps" }), "2345");
  assert.equal(read({ part: "commands" }), "67");
  assert.equal(read({ host: "hz-2" }), "346");
  assert.equal(read({ text: "停止" }), "2345");
  assert.equal(read({ text: "STOP", part: "commands" }), "67");
  assert.equal(read({ text: "docker stop" }), "7");
  assert.equal(read({ text: "said no", host: "hz-2" }), "6");
  assert.equal(read({ text: "late" }), "1");
});

test("lines are rows of a spreadsheet in which nothing is a formula", () => {
  const lines = [step(2, "hz-2", "failed", 60), command(7, "hz-2", 137, 'echo "a,b"\nls')];
  const [names, first, second] = activityCsv(lines, inEnglish).split("\r\n");
  assert.equal(names?.split(",").length, 12);
  const failed = "2,1970-01-01T00:00:02.000Z,forward,Stop,step,Stop,,hz-2,stop.a,1,failed,60";
  assert.equal(first, failed);
  assert.match(activityCsv(lines, inChinese), /,forward,停止,step,停止,/);
  assert.match(second ?? "", /^7,.*,command,"echo ""a,b""\nls",,hz-2,stop.a,1,137,6$/);
  for (const text of [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠A1",
  ]) {
    const row = activityCsv([command(7, text, 0, text)], inEnglish).split("\r\n")[1] ?? "";
    assert.equal(row.match(/,"?'/g)?.length, 2, text);
  }
});
