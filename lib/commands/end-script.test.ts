import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, describe, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { endRunsOf } from "./end-script.ts";

const work = mkdtempSync(join(tmpdir(), "uplift-end-"));
after(() => rmSync(work, { recursive: true, force: true }));

let count = 0;
let directory = "";
beforeEach(() => {
  directory = execFileSync("mktemp", ["-d", join(work, `${++count}.XXXX`)])
    .toString()
    .trim();
});

/** Starts `bash SCRIPT` as `docker exec` would: leader of a session of its own. */
async function start(body: string): Promise<string> {
  const script = join(directory, "script.sh");
  writeFileSync(script, `cd ${directory}\n${body}\n`);
  spawn("bash", [script], { detached: true, stdio: "ignore" }).unref();
  for (let tries = 0; tries < 100; tries++) {
    try {
      readFileSync(join(directory, "ready"));
      return script;
    } catch {
      await wait(20);
    }
  }
  throw new Error("the script did not come up");
}

function end(script: string, grace?: number): string {
  const [program = "sh", ...args] = endRunsOf(script, grace).argv;
  return execFileSync(program, args).toString().trim();
}

/** Whether the process whose id a script wrote into a file is there. */
function runs(name: string): boolean {
  const pid = readFileSync(join(directory, name), "utf8").trim();
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function kill(name: string): void {
  process.kill(Number(readFileSync(join(directory, name), "utf8")), "SIGKILL");
}

describe("ending a script that runs", () => {
  test("takes its children with it", async () => {
    const script = await start(`
echo $$ >leader
sleep 60 & echo $! >child
echo >ready
sleep 61`);
    assert.equal(end(script), "ended");
    assert.ok(!runs("leader"));
    assert.ok(!runs("child"));
    assert.equal(end(script), "none");
  });

  test("takes a child that made a session of its own, as su does", async () => {
    const script = await start(`
setsid sh -c 'echo $$ >child; echo >ready; sleep 60' &
wait`);
    assert.equal(end(script), "ended");
    assert.ok(!runs("child"));
  });

  test("leaves a service alone that the script has put away from itself", async () => {
    const script = await start(`
( setsid sh -c 'echo $$ >service; echo >ready; exec sleep 60' & )
sleep 61`);
    assert.equal(end(script), "ended");
    assert.ok(runs("service"));
    kill("service");
  });

  test("kills what does not listen", async () => {
    const script = await start(`
trap '' TERM
echo $$ >leader
echo >ready
while :; do sleep 60; done`);
    assert.equal(end(script, 400), "ended");
    assert.ok(!runs("leader"));
  });

  test("touches nothing that has the script's path elsewhere in its command line", async () => {
    const other = join(directory, "reader.sh");
    writeFileSync(other, `echo $$ >"${directory}/reader"\nsleep 60\n`);
    chmodSync(other, 0o755);
    const script = await start(`echo >ready; sleep 61`);
    const reader = spawn("sh", [other, script], { detached: true, stdio: "ignore" });
    reader.unref();
    while (true) {
      try {
        readFileSync(join(directory, "reader"));
        break;
      } catch {
        await wait(20);
      }
    }
    assert.equal(end(script), "ended");
    assert.ok(runs("reader"));
    process.kill(-Number(reader.pid), "SIGKILL");
  });
});

test("nothing that runs it is an answer, too", () => {
  assert.equal(end(join(directory, "never.sh")), "none");
});
