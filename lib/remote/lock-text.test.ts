import assert from "node:assert/strict";
import { test } from "node:test";
import { RunId } from "#lib/domain/ids.ts";
import { InstallationId, type LockHolder } from "#lib/domain/lock.ts";
import { brokenText, lockText, parseLockAnswer, readLockText } from "./lock-text.ts";

const holder: LockHolder = {
  dashboard: {
    installation: InstallationId.parse("ins_0123456789ab"),
    host: "ops-1",
    url: "http://10.0.0.5:3000",
  },
  runId: RunId.parse("run_0123456789ab"),
  deployment: 'OMS "杭州"',
  startedBy: "Li Lei",
  since: "2026-11-24T03:52:50.000Z",
};

test("who holds a lock survives the way to the host and back", () => {
  const text = lockText(holder);
  assert.ok(text.startsWith("ins_0123456789ab run_0123456789ab {"));
  assert.deepEqual(readLockText(text), { text, holder });
});

test("fits into a symbolic link of any file system, however long the names are", () => {
  const long = "\\杭".repeat(200);
  const text = lockText({
    ...holder,
    ...{ deployment: long, startedBy: long },
    dashboard: { ...holder.dashboard, host: long, url: long },
  });
  assert.ok(Buffer.byteLength(text) < 1_000, String(Buffer.byteLength(text)));
  assert.match(readLockText(text).holder?.deployment ?? "", /^(\\杭)+\\?$/);
  const at = holder.since;
  const note = brokenText({ by: long, dashboard: long, at, reason: long });
  assert.ok(Buffer.byteLength(note) < 1_000, String(Buffer.byteLength(note)));
});

test("what Uplift did not write has no holder, and can still be told apart", () => {
  for (const text of ["", "me", "a b {}", `ins_0123456789ab run_0123456789ab {"since":1}`]) {
    assert.deepEqual(readLockText(text), { text, holder: null });
  }
});

test("reads every answer of the scripts, and nothing else", () => {
  const text = lockText(holder);
  assert.deepEqual(parseLockAnswer("held"), { state: "held" });
  assert.deepEqual(parseLockAnswer("free"), { state: "free", broken: null });
  assert.deepEqual(parseLockAnswer("none "), { state: "free", broken: null });
  assert.deepEqual(parseLockAnswer(`taken ${text}`), { state: "taken", lock: { text, holder } });
  assert.deepEqual(parseLockAnswer("overtaken 12"), { state: "overtaken", generation: 12 });
  const broken = { by: "Bo", dashboard: "http://x", at: holder.since, reason: "gone" };
  assert.deepEqual(parseLockAnswer(`none ${brokenText(broken)}`), { state: "free", broken });
  for (const said of ["", "overtaken", "overtaken x", "fault disk"]) {
    assert.equal(parseLockAnswer(said), null);
  }
});
