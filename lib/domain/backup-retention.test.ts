import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { judgeRetention, type RetentionVerdict, type RunOfBackups } from "./backup-retention.ts";
import type { DeploymentId, RunId } from "./ids.ts";
import type { RunStatus } from "./run.ts";

const now = Date.parse("2026-06-01T00:00:00Z");
const day = 24 * 3_600_000;

/** `STATUS AGE`, the oldest last; `practice:` in front of a status; `!` behind the age: no container was stopped; `-`: no backups left. */
function runs(...texts: string[]): RunOfBackups[] {
  return texts.map((text, index) => {
    const [word = "", age = ""] = text.split(" ");
    const purpose = word.startsWith("practice:") ? "practice" : "upgrade";
    const status = word.replace("practice:", "");
    return {
      runId: `run_${String(index).padStart(12, "0")}` as RunId,
      deploymentId: "dep_000000000000" as DeploymentId,
      purpose,
      createdAt: new Date(now - Number.parseInt(age, 10) * day).toISOString(),
      status: status as RunStatus,
      stopped: !age.endsWith("!"),
      hasBackups: !age.endsWith("-"),
    };
  });
}

const judged = (policy: { keepNewest: number; keepDays: number }, ...texts: string[]) =>
  [...judgeRetention(runs(...texts), policy, now).values()].map(({ keep }) => keep);

type Keep = RetentionVerdict["keep"];
const none = { keepNewest: 0, keepDays: 0 };

describe("a possible rollback needs its backups, whatever the policy says", () => {
  const cases: [string, string[], Keep[]][] = [
    ["the newest run that succeeded", ["succeeded 400"], ["needed"]],
    [
      "the one before it: a later run has changed the deployment",
      ["succeeded 1", "succeeded 9"],
      ["needed", "no"],
    ],
    ["a run that was rolled back", ["rolled-back 1"], ["no"]],
    [
      "the one before a run that was rolled back",
      ["rolled-back 1", "succeeded 9"],
      ["no", "needed"],
    ],
    ["a run under way", ["running 0"], ["needed"]],
    ["a run that waits", ["paused 0"], ["needed"]],
    ["a run that rolls back", ["rolling-back 0"], ["needed"]],
    [
      "the one before a run under way, which may be undone",
      ["paused 0", "succeeded 9", "succeeded 10"],
      ["needed", "needed", "needed"],
    ],
    ["an abandoned run, which can be rolled back still", ["abandoned 3"], ["needed"]],
    [
      "the one before an abandoned run that had stopped OMS",
      ["abandoned 3", "succeeded 9"],
      ["needed", "no"],
    ],
    [
      "the one before a run that had stopped nothing",
      ["abandoned 3!", "succeeded 9"],
      ["no", "needed"],
    ],
    ["a queued run has stopped nothing yet", ["queued 0!", "succeeded 9"], ["needed", "needed"]],
  ];
  for (const [name, texts, expected] of cases) {
    test(name, () => assert.deepEqual(judged(none, ...texts), expected));
  }
});

describe("the policy keeps the newest and the young", () => {
  const old = ["succeeded 10", "succeeded 40", "succeeded 100", "succeeded 400"];
  const cases: [string, { keepNewest: number; keepDays: number }, string[], Keep[]][] = [
    ["the newest two", { keepNewest: 2, keepDays: 0 }, old, ["needed", "policy", "no", "no"]],
    [
      "those of ninety days",
      { keepNewest: 0, keepDays: 90 },
      old,
      ["needed", "policy", "no", "no"],
    ],
    [
      "either is enough",
      { keepNewest: 3, keepDays: 90 },
      old,
      ["needed", "policy", "policy", "no"],
    ],
    [
      "more than there are",
      { keepNewest: 9, keepDays: 0 },
      old,
      ["needed", "policy", "policy", "policy"],
    ],
    [
      "exactly at its age it may go",
      { keepNewest: 0, keepDays: 100 },
      old,
      ["needed", "policy", "no", "no"],
    ],
    [
      "runs without backups take no place",
      { keepNewest: 2, keepDays: 0 },
      ["succeeded 1", "rolled-back 2-", "succeeded 40", "succeeded 50"],
      ["needed", "policy", "no"],
    ],
  ];
  for (const [name, policy, texts, expected] of cases) {
    test(name, () => assert.deepEqual(judged(policy, ...texts), expected));
  }
});

test("it says which run needs a backup, and why others are kept", () => {
  const all = judgeRetention(runs("paused 1", "succeeded 9", "succeeded 400"), none, now);
  const [first, second] = [...all.values()];
  assert.deepEqual(first, {
    keep: "needed",
    by: "run_000000000000",
    why: "Run run_000000000000 is not over.",
  });
  assert.equal(
    second?.why,
    "Run run_000000000001 could be rolled back once run run_000000000000 has been.",
  );
  const kept = judgeRetention(
    runs("succeeded 1", "succeeded 40"),
    { keepNewest: 0, keepDays: 90 },
    now,
  );
  assert.deepEqual([...kept.values()][1], { keep: "policy", why: "40 days old; kept for 90." });
});

describe("practice backups", () => {
  const keepOne = { keepNewest: 1, keepDays: 0 };
  test("are needed by nobody once they have ended", () => {
    assert.deepEqual(judged(none, "practice:running 0!", "practice:succeeded 1!"), [
      "needed",
      "no",
    ]);
  });
  test("do not take the place of what an upgrade has left, nor the other way round", () => {
    assert.deepEqual(
      judged(
        keepOne,
        "practice:succeeded 1!",
        "practice:succeeded 2!",
        "rolled-back 3",
        "rolled-back 4",
      ),
      ["policy", "no", "policy", "no"],
    );
  });
});
