import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { command } from "#lib/commands/command.ts";
import type { LockClaim } from "#lib/commands/lock-scripts/guard.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { RunId } from "#lib/domain/ids.ts";
import { InstallationId, type LockHolder } from "#lib/domain/lock.ts";
import { english } from "#lib/i18n/english.ts";
import { createHosts } from "./hosts.ts";
import { lockText } from "./lock-text.ts";
import { type PrivateSshd, startPrivateSshd } from "./private-sshd.ts";
import type { Hosts, RemoteHost } from "./types.ts";

const options = { timeoutMs: 20_000 };
let sshd: PrivateSshd;
let hosts: Hosts;
let host: RemoteHost;
let count = 0;

/** A run with a holder's text and its claims. */
function run(name: string, installation = "ins_000000000000") {
  const runId = RunId.parse(`run_${name.padEnd(12, "0")}`);
  const holder: LockHolder = {
    dashboard: {
      installation: InstallationId.parse(installation),
      host: "ops-1",
      url: "http://ops-1:3000",
    },
    ...{ runId, deployment: "OMS Hangzhou", startedBy: "Li Lei" },
    since: "2026-11-24T03:52:50.000Z",
  };
  const claim = (generation: number, process = `p${generation}`): LockClaim => ({
    ...{ installation, run: runId, generation, process },
  });
  return { runId, holder, claim };
}

async function errorOf(promise: Promise<unknown>): Promise<UpliftError> {
  const error = await promise.then(
    () => assert.fail("expected an error"),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof UpliftError, String(error));
  return error;
}

const ours = run("ours");
const theirs = run("theirs", "ins_111111111111");
const file = () => join(sshd.directory, `made-${++count}`);
const job = (claim: LockClaim, path: string) => ({
  ...{ run: claim.run, step: `s${count}`, attempt: 1, script: 'touch "$1"' },
  ...{ parameters: [path], secrets: [], claim },
});

before(async () => {
  sshd = await startPrivateSshd();
  const { directory } = sshd;
  hosts = createHosts({
    jobsDirectory: join(directory, "jobs"),
    lockDirectory: join(directory, "lock"),
  });
  host = hosts.connect(sshd.target);
});
after(async () => {
  await hosts.close();
  await sshd[Symbol.asyncDispose]();
});

describe("a lock over SSH", () => {
  test("one run holds the host; the other is told who, and where nothing was written", async () => {
    assert.equal(await host.lock.look(options), null);
    assert.ok(!existsSync(join(sshd.directory, "lock")), "looking changes nothing");
    assert.deepEqual(await host.lock.take(ours.claim(1), ours.holder, options), { state: "held" });
    const seen = await host.lock.look(options);
    assert.deepEqual(seen, { text: lockText(ours.holder), holder: ours.holder });
    assert.deepEqual(await host.lock.take(theirs.claim(1), theirs.holder, options), {
      state: "taken",
      lock: seen,
    });
    assert.equal((await host.lock.release(theirs.claim(1), options)).state, "taken");
  });

  test("what another run wants done is refused on the host, with words for its person", async () => {
    const path = file();
    const error = await errorOf(
      host.exec(command("touch", path), { ...options, claim: theirs.claim(1) }),
    );
    assert.equal(error.code, "lock.held");
    assert.equal(
      error.message,
      "node-1 is locked. It is held by run run_ours00000000 of OMS Hangzhou, which Li Lei started on the dashboard http://ops-1:3000 (host ops-1), since 2026-11-24 03:52:50 UTC.",
    );
    assert.match(english(error.remedy), /break the lock/);
    assert.equal(
      (await errorOf(host.runJob(job(theirs.claim(1), path), options))).code,
      "lock.held",
    );
    assert.ok(!existsSync(path));
    await host.exec(command("touch", path), { ...options, claim: ours.claim(1) });
    assert.ok(existsSync(path));
  });

  test("a process whose run was taken up by another is refused, in commands and jobs", async () => {
    assert.deepEqual(await host.lock.take(ours.claim(2), null, options), { state: "held" });
    const path = file();
    for (const claim of [ours.claim(1), ours.claim(2, "a copy")]) {
      const refused = host.exec(command("touch", path), { ...options, claim });
      const error = await errorOf(refused);
      assert.equal(error.code, "run.generation_lost");
      assert.match(error.message, /generation 2 of this run was taken up by another process/);
      const start = host.runJob(job(claim, path), options);
      assert.equal((await errorOf(start)).code, "run.generation_lost");
    }
    assert.ok(!existsSync(path));
    // The refused job was not claimed either: the process that has the run may start it.
    await host.runJob(job(ours.claim(2), path), options);
    assert.ok(existsSync(path));
  });

  test("an exit code that happens to be the guard's is the command's own", async () => {
    const result = await host.exec(command("sh", "-c", "echo no >&2; exit 96"), {
      ...options,
      claim: ours.claim(2),
    });
    assert.deepEqual([result.code, result.stderr], [96, "no\n"]);
  });

  test("a broken lock: its run is refused and told who broke it, until it takes it again", async () => {
    const seen = await host.lock.look(options);
    assert.ok(seen);
    const at = "2026-11-24T05:00:00.000Z";
    const note = { by: "Han Mei", dashboard: "http://ops-2:3000", at, reason: "ops-1 burnt down" };
    const wrong = { ...seen, text: `${seen.text} ` };
    assert.equal((await host.lock.break(wrong, note, options)).state, "taken");
    assert.equal((await host.lock.break(seen, note, options)).state, "free");
    assert.equal(await host.lock.look(options), null);
    const refused = host.exec(command("true"), { ...options, claim: ours.claim(2) });
    const error = await errorOf(refused);
    assert.equal(error.code, "lock.lost");
    assert.match(
      error.message,
      /Han Mei broke the lock at 2026-11-24 05:00:00 UTC from the dashboard http:\/\/ops-2:3000: ops-1 burnt down$/,
    );
    assert.deepEqual(await host.lock.take(ours.claim(3), null, options), {
      state: "free",
      broken: note,
    });
    assert.deepEqual(await host.lock.take(ours.claim(3), ours.holder, options), { state: "held" });
  });

  test("jobs are removed once the run has let go of the host, and not before", async () => {
    const spec = job(ours.claim(3), file());
    await host.runJob(spec, options);
    assert.equal((await errorOf(host.removeJobs(ours.runId))).code, "conflict");
    assert.deepEqual(await host.lock.release(ours.claim(3), options), {
      state: "free",
      broken: null,
    });
    await host.removeJobs(ours.runId);
    assert.ok(!readdirSync(join(sshd.directory, "jobs")).includes(ours.runId));
    assert.deepEqual(readdirSync(join(sshd.directory, "lock")), ["meta"]);
  });

  test("a place that cannot hold a lock is said so", async () => {
    const lockDirectory = join(sshd.directory, "no-directory");
    writeFileSync(lockDirectory, "");
    const broken = createHosts({ lockDirectory });
    const at = broken.connect(sshd.target);
    const error = await errorOf(at.lock.take(ours.claim(1), ours.holder, options));
    assert.equal(error.code, "command.failed");
    assert.match(error.message, /cannot be locked: /);
    await broken.close();
  });
});
