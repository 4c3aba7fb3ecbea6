import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runsOf, runUnlessRunning, underWayReport } from "./script-runs.ts";

const directory = mkdtempSync(join(tmpdir(), "uplift script's "));
after(() => rmSync(directory, { recursive: true }));
const path = join(directory, "docker_init.sh");
writeFileSync(path, "sleep 30 & wait\n");

const look = () => {
  const [program = "", ...args] = runsOf(path).argv;
  return spawnSync(program, args).status;
};

/** Would run it, by a program that says so instead. */
const run = () => {
  const [program = "", ...args] = runUnlessRunning("echo", path).argv;
  return spawnSync(program, args, { encoding: "utf8" });
};

test("a script that runs is found, and nothing else that has its name on its command line", async () => {
  assert.equal(look(), 1);
  const named = spawn("sleep", ["30", path], { stdio: "ignore" });
  const mentioned = spawn("sh", ["-c", "sleep 5; true", "sh", path], { stdio: "ignore" });
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(look(), 1);
  assert.equal(run().stdout, `${path}\n`);
  const running = spawn("bash", [path], { detached: true, stdio: "ignore" });
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(look(), 0);
  const refused = run();
  assert.equal(refused.status, 1);
  assert.match(refused.stdout, underWayReport);
  assert.doesNotMatch(refused.stdout, /docker_init/);
  const ended = new Promise((resolve) => running.once("exit", resolve));
  process.kill(-(running.pid ?? 0), "SIGKILL");
  await ended;
  assert.equal(look(), 1);
  for (const child of [named, mentioned]) child.kill();
});
