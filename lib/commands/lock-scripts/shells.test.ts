import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { type Command, command } from "../command.ts";
import { followJob } from "../job-scripts/follow.ts";
import { removeRun } from "../job-scripts/settle.ts";
import { runIn, testShells } from "../tests/shells.ts";
import { type Guard, guarded, type LockClaim } from "./guard.ts";
import { breakLock, releaseLock } from "./remove.ts";
import { lookAtLock, takeLock } from "./take.ts";

const work = mkdtempSync(join(tmpdir(), "uplift-locks-"));
after(() => rmSync(work, { recursive: true, force: true }));

let count = 0;

for (const shell of testShells(work)) {
  describe(shell.name, () => {
    const run = (one: Command) => runIn(shell, one).replace(/^uplift-(lock|job) 1\n/, "");
    /** A lock of its own, and the claims of a run upon it. */
    const fresh = () => {
      count += 1;
      const lockDirectory = join(work, `lock${count}`);
      const guard = (generation: number, process = "p1", runId = "run_a"): Guard => {
        const claim: LockClaim = { installation: "ins_1", run: runId, generation, process };
        return { lockDirectory, claim };
      };
      const release = (generation: number, runId = "run_a") =>
        run(releaseLock(lockDirectory, { installation: "ins_1", run: runId, generation }));
      return { lockDirectory, guard, release };
    };
    const text = (runId = "run_a") => `ins_1 ${runId} {"by":"it's $(me) \\"*\\" 杭州"}`;
    const latin1 = (utf8: string) => Buffer.from(utf8).toString("latin1");
    const tried = ({ argv: [, ...args] }: Command) => {
      const { status, stdout, stderr } = spawnSync(shell.sh, args, { env: shell.env });
      return { status, stdout: stdout.toString(), stderr: stderr.toString() };
    };

    test("is taken once, by whoever comes first, and tells the other who that was", () => {
      const { lockDirectory, guard, release } = fresh();
      assert.equal(run(lookAtLock(lockDirectory)), "free\n");
      assert.equal(run(takeLock(guard(1), text())), "held\n");
      assert.equal(run(takeLock(guard(1), text())), "held\n", "the same process asks twice");
      const taken = latin1(`taken ${text()}\n`);
      assert.equal(run(takeLock(guard(1, "p2", "run_b"), text("run_b"))), taken);
      assert.equal(run(lookAtLock(lockDirectory)), taken);
      assert.equal(release(1, "run_b"), taken, "nobody gives up another's lock");
      assert.equal(release(1), "free\n");
      assert.equal(release(1), "free\n");
      assert.equal(run(takeLock(guard(1, "p2", "run_b"), text("run_b"))), "held\n");
    });

    test("a lock that is gone is not taken again unless that is asked for", () => {
      const { guard, lockDirectory } = fresh();
      assert.equal(run(takeLock(guard(1), null)), "none \n");
      assert.equal(run(lookAtLock(lockDirectory)), "free\n");
    });

    test("refuses earlier generations and copies of the present one, and nothing of them is done", () => {
      const { lockDirectory, guard, release } = fresh();
      const touched = join(lockDirectory, "touched");
      const touch = (one: Guard) => tried(guarded(one, command("ln", "-s", "by me", touched)));
      const refused = (reason: string) => ({
        ...{ status: 96, stdout: "" },
        stderr: `uplift-lock refused: ${reason}\n`,
      });
      assert.deepEqual(touch(guard(4)), refused("none "));
      assert.equal(run(takeLock(guard(4), text())), "held\n");
      assert.equal(run(takeLock(guard(5, "p2"), null)), "held\n");
      assert.deepEqual(touch(guard(4)), refused("overtaken 5"));
      assert.deepEqual(touch(guard(5, "p1")), refused("overtaken 5"));
      assert.equal(run(takeLock(guard(4), text())), "overtaken 5\n");
      assert.equal(release(4), "overtaken 5\n");
      assert.deepEqual(touch(guard(5, "p2", "run_b")), refused(`taken ${text()}`));
      assert.ok(!readdirSync(lockDirectory).includes("touched"));
      // A generation that comes to this host for the first time is let through, and bars the one before.
      assert.deepEqual(touch(guard(12, "p3")), { status: 0, stdout: "", stderr: "" });
      assert.deepEqual(touch(guard(5, "p2")), refused("overtaken 12"));
    });

    test("a command under the lock is as it was: arguments, exit code, output, standard input", () => {
      const { guard } = fresh();
      run(takeLock(guard(1), text()));
      const inner = command(
        "sh",
        "-c",
        'cat; umask; pwd; printf "%s|" "$@"; exit 7',
        "sh",
        "a b",
        "*",
      );
      const [, ...args] = guarded(guard(1), inner).argv;
      const options = { env: shell.env, input: "in\n", cwd: work };
      const { status, stdout } = spawnSync(shell.sh, args, options);
      const bare = spawnSync(shell.sh, inner.argv.slice(1), options);
      assert.equal(status, 7);
      assert.equal(stdout.toString(), bare.stdout.toString());
      assert.match(stdout.toString(), /^in\n/);
    });

    test("a break takes the lock that was seen and no other, and leaves word", () => {
      const { lockDirectory, guard } = fresh();
      run(takeLock(guard(3), text()));
      const other = latin1(`taken ${text()}\n`);
      assert.equal(run(breakLock(lockDirectory, "ins_1 run_z {}", "{}")), other);
      assert.equal(run(breakLock(lockDirectory, text(), '{"by":"Bo"}')), "broken\n");
      assert.equal(run(breakLock(lockDirectory, text(), '{"by":"Bo"}')), "free\n");
      assert.equal(run(takeLock(guard(3), null)), 'none {"by":"Bo"}\n');
      assert.equal(run(takeLock(guard(4, "p2"), text())), "held\n");
      assert.deepEqual(readdirSync(lockDirectory).sort(), ["holder", "meta", "run_a.4"]);
    });

    test("a job does not start without the lock, not even when its input comes late", () => {
      const { lockDirectory, guard } = fresh();
      const place = { jobsDirectory: join(work, "jobs"), run: "run_a", job: `j${count}.1` };
      const rest = { offsets: { stdout: 0, stderr: 0 }, scriptLines: 1, secretLines: 0 };
      const follow = (one: Guard) => followJob({ place, ...rest, parameters: [], guard: one });
      const start = (one: Guard) =>
        runIn(shell, follow(one), "echo done\nend\n").replace("uplift-job 1\n", "");
      assert.equal(start(guard(1)), "R none \n");
      run(takeLock(guard(2, "p2"), text()));
      assert.equal(start(guard(1)), "R overtaken 2\n");
      // What the request was let through with has changed by the time that the input is there.
      const [, , text_, ...parameters] = follow(guard(2, "p2")).argv;
      const taken = takeLock(guard(3, "p3"), null).argv;
      const script = join(work, `late${count}`);
      writeFileSync(script, taken[2] ?? "");
      const late = `{ sleep 1; sh "$0" ${taken
        .slice(4)
        .map((one) => `'${one}'`)
        .join(" ")} >/dev/null; echo 'echo done'; echo end; } | sh -c "$@"`;
      const [, ...args] = command("sh", "-c", late, script, text_ ?? "", ...parameters).argv;
      const said = spawnSync(shell.sh, args, { env: shell.env });
      assert.equal(said.stderr.toString(), "");
      assert.equal(said.stdout.toString(), "uplift-job 1\nR overtaken 3\n");
      assert.match(start(guard(3, "p3")), /^S \d+ \d+\nO 0 5\ndone\nX 0 /);
      // To follow is to read: the process that lost the run still sees how its job ended.
      assert.match(start(guard(2, "p2")), /^S \d+ \d+\nO 0 5\ndone\nX 0 /);
      assert.equal(run(removeRun(place.jobsDirectory, "run_a", lockDirectory)), "held\n");
    });

    test("removing a run's jobs removes what is left of it beside the lock", () => {
      const { lockDirectory, guard, release } = fresh();
      run(takeLock(guard(1), text()));
      run(breakLock(lockDirectory, text(), '{"by":"Bo"}'));
      run(takeLock(guard(1, "p9", "run_ab"), text("run_ab")));
      assert.equal(run(removeRun(join(work, "jobs"), "run_a", lockDirectory)), "removed\n");
      assert.deepEqual(readdirSync(lockDirectory).sort(), ["holder", "meta", "run_ab.1"]);
      assert.equal(release(1, "run_ab"), "free\n");
    });
  });
}
