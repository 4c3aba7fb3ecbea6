import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Command } from "../command.ts";
import { runIn, testShells } from "../tests/shells.ts";
import { followJob, type JobPlace } from "./follow.ts";
import { cancelJob, readJobState, removeRun } from "./settle.ts";

const work = mkdtempSync(join(tmpdir(), "uplift-shells-"));
after(() => rmSync(work, { recursive: true, force: true }));

const shells = testShells(work).map(({ env, ...shell }) => ({
  ...shell,
  // Names that the runner uses itself: exported, they would carry secrets into the script.
  env: { ...env, secrets: "exported", text: "exported" },
}));
const lock = join(work, "lock");
let count = 0;
function place(): JobPlace {
  count += 1;
  return { jobsDirectory: join(work, "jobs"), run: "run", job: `job${count}.1` };
}

function follow(where: JobPlace, parameters: string[], lines: [number, number]): Command {
  const [scriptLines, secretLines] = lines;
  const offsets = { stdout: 0, stderr: 0 };
  return followJob({ place: where, offsets, scriptLines, secretLines, parameters, guard: null });
}

for (const shell of shells) {
  describe(shell.name, () => {
    const run = (command: Command, input: string | Buffer = "") =>
      runIn(shell, command, input).replace("uplift-job 1\n", "");

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
      const follower = spawn(shell.sh, argv.slice(1), { env: shell.env });
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
      assert.equal(run(removeRun(where.jobsDirectory, where.run, lock)), `running ${where.job}\n`);
      assert.equal(run(cancelJob(where, 3_000)), "ended\n");
      await new Promise((resolve) => follower.once("close", resolve));
      assert.match(said, /^X 143 /m);
      assert.equal(run(cancelJob(where, 3_000)), "ended\n");
    });
  });
}

test("removes a run's jobs", () => {
  const { argv } = removeRun(join(work, "jobs"), "run", lock);
  const [program = "sh", ...args] = argv;
  assert.equal(execFileSync(program, args).toString(), "uplift-job 1\nremoved\n");
});
