import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Command } from "../command.ts";
import { followJob, type JobPlace } from "./follow.ts";
import { cancelJob, readJobState, removeRun } from "./settle.ts";

const work = mkdtempSync(join(tmpdir(), "uplift-shells-"));
after(() => rmSync(work, { recursive: true, force: true }));

/** A place whose `sh` and tools are the given ones, before or instead of the machine's. */
interface Shell {
  name: string;
  path: string;
}

function toolbox(name: string, tools: Record<string, string>, alone = false): Shell {
  const directory = join(work, name.replaceAll(" ", "-"));
  mkdirSync(directory);
  for (const [tool, program] of Object.entries(tools)) {
    symlinkSync(program, join(directory, tool));
  }
  return { name, path: alone ? directory : `${directory}:${process.env.PATH}` };
}

/** A replacement for a tool, for hosts that have an older one. */
function stub(name: string, text: string): string {
  const path = join(work, `stub-${name}`);
  writeFileSync(path, `#!/bin/dash\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

function which(program: string): string | null {
  const found = spawnSync("sh", ["-c", 'command -v "$1"', "sh", program]);
  return found.status === 0 ? found.stdout.toString().trim() : null;
}

/** Only what a minimal host has, so that whatever else the scripts called would be missed. */
function minimal(shell: string): Record<string, string> {
  const tools =
    "date readlink stat id mkdir chmod rm ln dd tail head sleep sync sha256sum cat nohup";
  const paths = tools.split(" ").map((tool) => [tool, which(tool) ?? assert.fail(tool)]);
  return { sh: shell, ...Object.fromEntries(paths) };
}

const dash = which("dash") ?? assert.fail("dash");
const bash = which("bash") ?? assert.fail("bash");
const busybox = which("busybox");
const oldDate = 'exec /usr/bin/date "$(printf %s "$1" | sed s/%3N/%%3N/)"';
const oldSleep =
  'case $1 in *.*) echo "sleep: invalid number" >&2; exit 1 ;; esac; exec /usr/bin/sleep "$1"';

const shells: Shell[] = [
  toolbox("dash", { sh: dash }),
  toolbox("bash as sh", { sh: bash }),
  toolbox("dash with coreutils only and no setsid", minimal(dash), true),
  toolbox("bash with coreutils only and no setsid", minimal(bash), true),
  toolbox("old date and sleep", {
    sh: dash,
    date: stub("date", oldDate),
    sleep: stub("sleep", oldSleep),
  }),
];
if (busybox !== null) {
  const applets = execFileSync(busybox, ["--list"]).toString().trim().split("\n");
  const tools = Object.fromEntries(applets.map((applet) => [applet, busybox]));
  shells.push(toolbox("busybox", tools, true));
}

let count = 0;
function place(): JobPlace {
  count += 1;
  return { jobsDirectory: join(work, "jobs"), run: "run", job: `job${count}.1` };
}

function follow(where: JobPlace, parameters: string[], lines: [number, number]): Command {
  const [scriptLines, secretLines] = lines;
  const offsets = { stdout: 0, stderr: 0 };
  return followJob({ place: where, offsets, scriptLines, secretLines, parameters });
}

for (const { name, path } of shells) {
  describe(name, () => {
    const options = {
      // Names that the runner uses itself: exported, they would carry secrets into the script.
      env: { ...process.env, PATH: path, LC_ALL: "C", secrets: "exported", text: "exported" },
    };
    const run = ({ argv: [, ...args] }: Command, input: string | Buffer = "") => {
      const { status, stdout, stderr } = spawnSync(join(path.split(":")[0] ?? "", "sh"), args, {
        ...options,
        input,
      });
      assert.equal(stderr.toString(), "");
      assert.equal(status, 0);
      return stdout.toString("latin1").replace("uplift-job 1\n", "");
    };

    test("runs a job with every byte in its secret, and finds it ended", () => {
      const where = place();
      const bytes = Buffer.from([...Array(256).keys()].filter((byte) => byte !== 0 && byte !== 10));
      const script = [
        '[ -z "$secrets$text" ] || exit 6',
        "IFS= read -r s",
        'printf %s "$s" | sha256sum',
        'echo "$1" >&2',
        "exit 5",
        "",
      ].join("\n");
      const input = Buffer.concat([Buffer.from(script), bytes, Buffer.from("\nend\n")]);
      const said = run(follow(where, ["it's"], [5, 1]), input);
      const expected = execFileSync("sha256sum", { input: bytes }).toString();
      assert.match(said, /^S \d+ \d{13}\n/);
      assert.ok(said.includes(`O 0 ${expected.length}\n${expected}`), said);
      assert.match(said, /E 0 5\nit's\nX 5 \d{13} \d{13}\n$/);
      // A second follower finds the same end, without any input.
      assert.equal(run(follow(where, ["it's"], [5, 1])), said);
      assert.match(run(readJobState(where)), /^exited 5 \d{13} \d{13}\n$/);
    });

    test("bars an absent job", () => {
      const where = place();
      assert.equal(run(readJobState(where)), "absent\n");
      assert.equal(run(follow(where, [], [1, 0]), "echo never\nend\n"), "A\n");
    });

    test("cancels a running job with its children", async () => {
      const where = place();
      const { argv } = follow(where, [], [2, 0]);
      const follower = spawn(join(path.split(":")[0] ?? "", "sh"), argv.slice(1), options);
      follower.stdin.end("sleep 41 &\nsleep 42\nend\n");
      let said = "";
      const started = new Promise<void>((resolve) => {
        follower.stdout.on("data", (chunk: Buffer) => {
          said += chunk.toString();
          if (/^S /m.test(said)) resolve();
        });
      });
      await started;
      assert.match(run(readJobState(where)), /^running \d{13}\n$/);
      assert.equal(run(removeRun(where.jobsDirectory, where.run)), `running ${where.job}\n`);
      assert.equal(run(cancelJob(where, 3_000)), "ended\n");
      await new Promise((resolve) => follower.once("close", resolve));
      assert.match(said, /^X 143 /m);
      assert.equal(run(cancelJob(where, 3_000)), "ended\n");
    });
  });
}

test("removes a run's jobs", () => {
  const { argv } = removeRun(join(work, "jobs"), "run");
  const [program = "sh", ...args] = argv;
  assert.equal(execFileSync(program, args).toString(), "uplift-job 1\nremoved\n");
});
