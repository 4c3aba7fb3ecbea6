import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { followJob } from "#lib/commands/job-scripts/follow.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { Secret } from "#lib/domain/secret.ts";
import { createHosts } from "./hosts.ts";
import { jobInput } from "./job-input.ts";
import { placeOf } from "./job-names.ts";
import { type PrivateSshd, startPrivateSshd } from "./private-sshd.ts";
import type { Hosts, JobOptions, JobOutput, JobSpec, RemoteHost } from "./types.ts";

const timeoutMs = 20_000;
let sshd: PrivateSshd;
let jobsDirectory: string;
let hosts: Hosts;
let host: RemoteHost;
let count = 0;

/** A job with a step name of its own. */
function job(script: string, more: Partial<JobSpec> = {}): JobSpec {
  count += 1;
  return {
    run: "run-1",
    step: `s${count}`,
    attempt: 1,
    script,
    parameters: [],
    secrets: [],
    ...more,
  };
}

/** A job that goes on until it is let end; its output is what `begin` writes, then "done". */
function heldJob(begin = "", more: Partial<JobSpec> = {}): { spec: JobSpec; letEnd: () => void } {
  const sign = join(sshd.directory, `end ${count}`);
  const script = `${begin}\nwhile [ ! -e "$1" ]; do sleep 0.02; done; echo done`;
  const spec = job(script, { parameters: [sign], ...more });
  return { spec, letEnd: () => writeFileSync(sign, "") };
}

function directoryOf(spec: JobSpec): string {
  const place = placeOf(jobsDirectory, spec);
  return join(place.jobsDirectory, place.run, place.job);
}

/** `run BOOT PID PGID TICKS MS`, once the job has started. */
async function claimOf(spec: JobSpec): Promise<{ words: string[]; pid: number }> {
  await eventually(() => existsSync(join(directoryOf(spec), "meta")));
  const words = readlinkSync(join(directoryOf(spec), "started")).split(" ");
  return { words, pid: Number(words[2]) };
}

/** Replaces the record of who runs a job, as a restart or a reused process id would make it wrong. */
function rewriteClaim(spec: JobSpec, words: readonly string[]): void {
  const link = join(directoryOf(spec), "started");
  rmSync(link);
  symlinkSync(words.join(" "), link);
}

async function eventually(condition: () => boolean): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(25)) {
    if (condition()) return;
  }
  assert.fail("it did not happen");
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => assert.fail("expected an error"),
    (e) => e,
  );
  assert.ok(error instanceof UpliftError, String(error));
  return error.code;
}

/** Collects output and fails on a gap or a repeat. */
function recorder() {
  const streams = { stdout: "", stderr: "" };
  const offsets = { stdout: 0, stderr: 0 };
  const onOutput = ({ stream, offset, bytes }: JobOutput) => {
    assert.equal(offset, offsets[stream]);
    offsets[stream] += bytes.length;
    streams[stream] += bytes.toString("latin1");
  };
  return { streams, onOutput };
}

/** Kills the sshd child that serves the first connection. */
function cutConnections(): void {
  for (const pid of sshd.connections()) process.kill(pid, "SIGKILL");
}

before(async () => {
  sshd = await startPrivateSshd();
  jobsDirectory = join(sshd.directory, "jobs");
  hosts = createHosts({ jobsDirectory, lockDirectory: join(sshd.directory, "lock") });
  host = hosts.connect(sshd.target);
});
after(async () => {
  await hosts.close();
  await sshd[Symbol.asyncDispose]();
});

describe("running", () => {
  test("gives the code, the output and the times", async () => {
    const spec = job('echo "out $1"; echo err >&2; exit 9', { parameters: ["it's $HOME"] });
    const { streams, onOutput } = recorder();
    const result = await host.runJob(spec, { timeoutMs, onOutput });
    assert.equal(result.exitCode, 9);
    assert.equal(result.stdout, "out it's $HOME\n");
    assert.equal(result.stderr, "err\n");
    assert.deepEqual(streams, { stdout: result.stdout, stderr: result.stderr });
    assert.ok(result.endedAt >= result.startedAt);
    assert.ok(Math.abs(result.startedAt - Date.now()) < 5_000);
    const { exitCode, startedAt, endedAt } = result;
    assert.deepEqual(await host.jobState(spec), { state: "exited", exitCode, startedAt, endedAt });
  });

  test("ends soon after a short job's end", async (context) => {
    await host.runJob(job("true"), { timeoutMs });
    const times: number[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      const started = performance.now();
      await host.runJob(job("true"), { timeoutMs });
      times.push(performance.now() - started);
    }
    context.diagnostic(`trivial jobs took ${times.map((ms) => ms.toFixed(0)).join(", ")} ms`);
    // Far less than the two seconds between signs of life, also where a process takes long to start.
    assert.ok(Math.min(...times) < 1_000);
  });

  test("delivers 50,000 lines complete and in order", async () => {
    const spec = job('i=0; while [ $i -lt 50000 ]; do echo "line $i"; i=$((i+1)); done');
    const { streams, onOutput } = recorder();
    const result = await host.runJob(spec, { timeoutMs, onOutput });
    const expected = Array.from({ length: 50_000 }, (_, index) => `line ${index}\n`).join("");
    assert.ok(streams.stdout === expected);
    assert.ok(result.stdout === expected.slice(-256 * 1024));
  });

  test("leaves the job alone at the deadline and when the caller aborts", async () => {
    const { spec, letEnd } = heldJob();
    assert.equal(await codeOf(host.runJob(spec, { timeoutMs: 300 })), "command.timeout");
    const controller = new AbortController();
    const { signal } = controller;
    const following = host.runJob(spec, { timeoutMs, signal });
    setTimeout(() => controller.abort(new Error("enough")), 100);
    await assert.rejects(following, /enough/);
    const { startedAt, ...state } = (await host.jobState(spec)) as { startedAt: number };
    assert.deepEqual(state, { state: "running" });
    letEnd();
    const result = await host.runJob(spec, { timeoutMs });
    assert.deepEqual([result.stdout, result.startedAt], ["done\n", startedAt]);
  });

  test("starts once, however often it is asked for", async () => {
    const spec = job("echo run; sleep 0.3; echo end");
    const second = createHosts({ jobsDirectory, lockDirectory: join(sshd.directory, "lock") });
    const attempts = [host, host, second.connect(sshd.target), host, second.connect(sshd.target)];
    const results = await Promise.all(attempts.map((on) => on.runJob(spec, { timeoutMs })));
    for (const { stdout } of results) assert.equal(stdout, "run\nend\n");
    assert.equal((await host.runJob(spec, { timeoutMs })).stdout, "run\nend\n");
    await second.close();
  });

  test("runs more jobs than there are sessions", async () => {
    const results = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        host.runJob(job('sleep 0.1; echo "$1"', { parameters: [`${index}`] }), { timeoutMs }),
      ),
    );
    assert.deepEqual(
      results.map(({ stdout }) => Number(stdout)),
      [...Array(12).keys()],
    );
  });

  test("says why a host cannot hold jobs, and starts nothing", async () => {
    const blocked = createHosts({ jobsDirectory: "/proc/uplift" });
    const on = blocked.connect(sshd.target);
    assert.equal(await codeOf(on.runJob(job("true"), { timeoutMs })), "command.failed");
    assert.equal(await codeOf(on.jobState(job("true"))), "command.failed");
    await blocked.close();
  });
});

describe("a lost connection", () => {
  test("does not stop a job, lose or repeat output, or start it twice", async () => {
    const spec = job(
      'echo "$$"; i=0; while [ $i -lt 40 ]; do echo "line $i"; i=$((i+1)); sleep 0.05; done',
    );
    const { streams, onOutput } = recorder();
    const seen: string[] = [];
    const options: JobOptions = { timeoutMs, onOutput, onConnection: (state) => seen.push(state) };
    const running = host.runJob(spec, options);
    await eventually(() => streams.stdout.includes("line 5\n"));
    cutConnections();
    await eventually(() => seen.length === 2 && streams.stdout.includes("line 20\n"));
    cutConnections();
    const result = await running;
    const [pid = "", ...lines] = result.stdout.trim().split("\n");
    assert.match(pid, /^\d+$/);
    assert.deepEqual(
      lines,
      Array.from({ length: 40 }, (_, index) => `line ${index}`),
    );
    assert.equal(streams.stdout, result.stdout);
    assert.deepEqual(seen, ["lost", "back", "lost", "back"]);
  });

  test("is waited out while the host is away", async () => {
    const { spec, letEnd } = heldJob("echo begin");
    const seen: string[] = [];
    const options: JobOptions = { timeoutMs, onConnection: (state) => seen.push(state) };
    const running = host.runJob(spec, options);
    await claimOf(spec);
    await sshd.stop();
    await eventually(() => seen.length === 1);
    letEnd();
    await sshd.start();
    assert.equal((await running).stdout, "begin\ndone\n");
    assert.deepEqual(seen, ["lost", "back"]);
  });

  test("with a host that then keeps us out leaves the job's fate open", async () => {
    const { spec, letEnd } = heldJob("echo begin");
    const changing = createHosts({ jobsDirectory, lockDirectory: join(sshd.directory, "lock") });
    const target = { ...sshd.target, id: "changing" };
    const running = changing.connect(target).runJob(spec, { timeoutMs });
    await claimOf(spec);
    await using other = await startPrivateSshd([`Port ${target.port}`]);
    await sshd.stop();
    await other.stop();
    await other.start();
    const error = (await running.catch((thrown: unknown) => thrown)) as UpliftError;
    assert.equal(error.code, "ssh.connection_lost", error.message);
    assert.match(error.message, /presented the SSH host key/);
    await other.stop();
    await sshd.start();
    letEnd();
    assert.equal((await host.runJob(spec, { timeoutMs })).stdout, "begin\ndone\n");
    await changing.close();
  });

  test("before the start is an error, since nothing has begun", async () => {
    const away = createHosts({ jobsDirectory, lockDirectory: join(sshd.directory, "lock") });
    const on = away.connect({ ...sshd.target, port: 1 });
    assert.equal(await codeOf(on.runJob(job("true"), { timeoutMs })), "ssh.unreachable");
    await away.close();
  });

  test("in the middle of the start leaves a job that never started", async () => {
    const spec = job("echo never");
    const input = jobInput({ ...spec, secrets: [new Secret("first"), new Secret("second")] });
    const { argv } = followJob({
      place: placeOf(jobsDirectory, spec),
      offsets: { stdout: 0, stderr: 0 },
      parameters: [],
      guard: null,
      ...input,
    });
    const cut = input.text.slice(0, input.text.indexOf("second") + 3);
    // As if sudo had not taken its password line: everything is shifted by one.
    const shifted = `password\n${input.text}`;
    const [program = "", ...args] = argv;
    for (const text of [cut, shifted]) {
      const said = execFileSync(program, args, { input: text }).toString();
      assert.match(said, /^F .*no complete input/m);
    }
    assert.deepEqual(await host.jobState(spec), { state: "absent" });
  });
});

describe("deciding that a job is absent", () => {
  test("is final: the same attempt cannot start, the next can", async () => {
    const spec = job("echo ran");
    assert.deepEqual(await host.jobState(spec), { state: "absent" });
    assert.equal(await codeOf(host.runJob(spec, { timeoutMs })), "job.never_started");
    assert.deepEqual(await host.jobState(spec), { state: "absent" });
    assert.equal(existsSync(join(directoryOf(spec), "out")), false);
    const next = await host.runJob({ ...spec, attempt: 2 }, { timeoutMs });
    assert.equal(next.stdout, "ran\n");
  });

  test("beats a launcher that is already on its way", async () => {
    const spec = job("echo ran");
    const input = jobInput(spec);
    const { argv } = followJob({
      place: placeOf(jobsDirectory, spec),
      offsets: { stdout: 0, stderr: 0 },
      parameters: [],
      guard: null,
      ...input,
    });
    const [program = "", ...args] = argv;
    // Its input is held back, so its runner exists but has not claimed the job yet.
    const launcher = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    let said = "";
    launcher.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    await eventually(() => existsSync(directoryOf(spec)));
    assert.deepEqual(await host.jobState(spec), { state: "absent" });
    launcher.stdin.end(input.text);
    await new Promise((resolve) => launcher.once("close", resolve));
    assert.match(said, /^A$/m);
    await sleep(100);
    assert.equal(readFileSync(join(directoryOf(spec), "out"), "utf8"), "");
  });
});

describe("a job that is gone", () => {
  test("is lost when it was killed", async () => {
    const spec = job("sleep 30");
    const running = codeOf(host.runJob(spec, { timeoutMs }));
    const { pid } = await claimOf(spec);
    process.kill(-pid, "SIGKILL");
    assert.equal(await running, "job.lost");
    assert.match(((await host.jobState(spec)) as { reason: string }).reason, /no exit code/);
  });

  test("still runs while a process of its group does", async () => {
    const spec = job("echo up; sleep 30");
    const running = codeOf(host.runJob(spec, { timeoutMs }));
    const { pid } = await claimOf(spec);
    await eventually(() => readFileSync(join(directoryOf(spec), "out"), "utf8") !== "");
    process.kill(pid, "SIGKILL");
    assert.equal((await host.jobState(spec)).state, "running");
    process.kill(-pid, "SIGKILL");
    assert.equal(await running, "job.lost");
  });

  test("is lost when the host was restarted", async () => {
    const spec = job("sleep 30");
    const running = codeOf(host.runJob(spec, { timeoutMs }));
    const { words, pid } = await claimOf(spec);
    rewriteClaim(spec, words.with(1, "00000000-0000-0000-0000-000000000000"));
    const state = await host.jobState(spec);
    assert.equal(state.state, "lost");
    assert.match((state as { reason: string }).reason, /restarted/);
    // A follower that attaches now is told the same.
    assert.equal(await codeOf(host.runJob(spec, { timeoutMs })), "job.lost");
    process.kill(-pid, "SIGKILL");
    await running.catch(() => undefined);
  });

  test("is not mistaken for another process with its id", async () => {
    const spec = job("true");
    await host.runJob(spec, { timeoutMs });
    rmSync(join(directoryOf(spec), "exit"));
    const { words } = await claimOf(spec);
    const other = String(process.pid);
    rewriteClaim(spec, words.with(2, other).with(3, other));
    assert.equal((await host.jobState(spec)).state, "lost");
  });
});

describe("cancelling", () => {
  test("ends the whole group and lets the script's end be written down", async () => {
    const spec = job("sleep 31 & sleep 32; echo never");
    const running = host.runJob(spec, { timeoutMs });
    const { pid } = await claimOf(spec);
    const groupSize = () => membersOf(pid).length;
    await eventually(() => groupSize() === 4);
    await host.cancelJob(spec);
    assert.equal(groupSize(), 0);
    assert.equal((await running).exitCode, 143);
    assert.equal((await host.jobState(spec)).state, "exited");
    assert.ok(readlinkSync(join(directoryOf(spec), "cancelled")).length >= 13);
    await host.cancelJob(spec);
  });

  test("bars a job that has not started", async () => {
    const spec = job("true");
    await host.cancelJob(spec);
    assert.equal(await codeOf(host.runJob(spec, { timeoutMs })), "job.never_started");
  });
});

describe("secrets", () => {
  test("reach the script's standard input and nothing else", async () => {
    const values = ["p'a\"s$s\\wörd 密碼 \u0081\u0088", "  blanks around  ", "", "-n"];
    const secrets = values.map((value) => new Secret(value));
    const { spec, letEnd } = heldJob(
      `IFS= read -r a; IFS= read -r b; IFS= read -r c; IFS= read -r d; read -r e && exit 4
       printf '%s\\n' "$a" "$b" "$c" "$d" | sha256sum`,
      { secrets },
    );
    const running = host.runJob(spec, { timeoutMs });
    const { pid } = await claimOf(spec);
    // The claim is on disk a moment before the script begins.
    await eventually(() => membersOf(pid).length >= 2);
    const hidden = values.filter((value) => value.length > 2);
    let looks = 0;
    for (const member of membersOf(pid)) {
      for (const file of ["cmdline", "environ"]) {
        const text = textOfLiving(`/proc/${member}/${file}`);
        if (text !== null) looks++;
        for (const value of hidden) assert.ok(!text?.includes(value), `${member} ${file}`);
      }
    }
    assert.ok(looks >= 2, `only ${looks} files of the job's processes were read`);
    letEnd();
    const result = await running;
    assert.equal(result.exitCode, 0);
    const lines = `${values.join("\n")}\n`;
    const expected = execFileSync("sha256sum", { input: lines }).toString();
    assert.equal(result.stdout, `${expected}done\n`);
    for (const file of readdirSync(directoryOf(spec), { withFileTypes: true })) {
      const path = join(directoryOf(spec), file.name);
      const text = file.isSymbolicLink() ? readlinkSync(path) : readFileSync(path, "utf8");
      for (const value of hidden) assert.ok(!text.includes(value), file.name);
    }
  });

  test("of more than one line are refused without being shown", async () => {
    const spec = job("true", { secrets: [new Secret("first\nsecond")] });
    const error = (await host.runJob(spec, { timeoutMs }).catch((e: unknown) => e)) as Error;
    assert.ok(error instanceof RangeError);
    assert.doesNotMatch(error.message, /first|second/);
    assert.deepEqual(await host.jobState(spec), { state: "absent" });
  });
});

describe("the jobs directory", () => {
  test("is readable by its owner only", async () => {
    const spec = job("true");
    await host.runJob(spec, { timeoutMs });
    const modes = execFileSync("stat", ["-c", "%a", jobsDirectory, directoryOf(spec)]).toString();
    assert.equal(modes, "700\n700\n");
    const script = execFileSync("stat", ["-c", "%a", join(directoryOf(spec), "script")]).toString();
    assert.equal(script, "600\n");
  });

  test("loses a run's jobs when asked, but not while one runs", async () => {
    const first = job("true", { run: "old/run" });
    await host.runJob(first, { timeoutMs });
    const { spec: second, letEnd } = heldJob("", { run: "old/run" });
    const running = host.runJob(second, { timeoutMs });
    await claimOf(second);
    assert.equal(await codeOf(host.removeJobs("old/run")), "conflict");
    letEnd();
    await running;
    await host.removeJobs("old/run");
    assert.equal(existsSync(directoryOf(first)), false);
    await host.removeJobs("old/run");
  });
});

/** Process ids of a group that are not zombies. */
function membersOf(group: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "latin1");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return fields[0] !== "Z" && Number(fields[2]) === group;
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** A file of a process; null when it ended while we looked, as the parts of a pipeline do. */
function textOfLiving(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}
