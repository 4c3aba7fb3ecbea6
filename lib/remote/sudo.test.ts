import assert from "node:assert/strict";
import { test } from "node:test";
import { UpliftError } from "#lib/domain/errors.ts";
import { Secret } from "#lib/domain/secret.ts";
import { asRoot, asUser, determineRootMode, isSudoRefusal, type Run, stdinPrefix } from "./sudo.ts";
import type { HostTarget } from "./types.ts";

const password = new Secret("s3cret pass");
const target: HostTarget = {
  id: "1",
  name: "node-1",
  host: "10.0.0.1",
  port: 22,
  username: "admin",
  auth: { method: "password", password: new Secret("login") },
  sudoPassword: password,
  bastion: null,
  hostKeyFingerprint: "SHA256:x",
};

/** A host that answers each argv by its shape, and what it was asked. */
function host(answers: { silent: number; asked?: number; stderr?: string }) {
  const asked: Array<{ line: string; stdin: string }> = [];
  const run: Run = async (argv, stdin) => {
    asked.push({ line: argv.join(" "), stdin });
    const code = argv.includes("-S") ? (answers.asked ?? 1) : answers.silent;
    return { code, stderr: answers.stderr ?? "sudo: a password is required\n" };
  };
  return { run, asked };
}

test("wraps an argv, with a plain locale inside and outside of sudo", () => {
  assert.deepEqual(asUser(["id", "-u"]), ["env", "LC_ALL=C", "LANG=C", "id", "-u"]);
  assert.deepEqual(asRoot("direct", ["id"]), asUser(["id"]));
  assert.equal(
    asRoot("sudo", ["id"]).join(" "),
    "env LC_ALL=C LANG=C sudo -n -- env LC_ALL=C LANG=C id",
  );
  assert.deepEqual(
    asRoot("sudo-password", ["id"]).join("|"),
    "env|LC_ALL=C|LANG=C|sudo|-S|-k|-p||--|env|LC_ALL=C|LANG=C|id",
  );
});

test("puts the password on standard input only when sudo reads it there", () => {
  assert.equal(stdinPrefix("sudo-password", password), "s3cret pass\n");
  assert.equal(stdinPrefix("sudo", password), "");
  assert.equal(stdinPrefix("direct", password), "");
  for (const mode of ["direct", "sudo", "sudo-password"] as const) {
    assert.doesNotMatch(asRoot(mode, ["id"]).join(" "), /s3cret/);
  }
});

test("does not use sudo as root", async () => {
  const { run, asked } = host({ silent: 1 });
  assert.equal(await determineRootMode({ ...target, username: "root" }, run), "direct");
  assert.deepEqual(asked, []);
});

test("prefers sudo without a password, and does not send one then", async () => {
  const { run, asked } = host({ silent: 0 });
  assert.equal(await determineRootMode(target, run), "sudo");
  assert.deepEqual(
    asked.map(({ stdin }) => stdin),
    [""],
  );
});

test("tries the password once, on a command that does nothing", async () => {
  const { run, asked } = host({ silent: 1, asked: 0 });
  assert.equal(await determineRootMode(target, run), "sudo-password");
  assert.deepEqual(
    asked.map(({ line, stdin }) => [line.split(" ").at(-1), stdin]),
    [
      ["true", ""],
      ["true", "s3cret pass\n"],
    ],
  );
});

test("says what was refused, without the password", async () => {
  const stderr =
    "Sorry, try again.\nsudo: no password was provided\nsudo: 1 incorrect password attempt\n";
  for (const sudoPassword of [password, null]) {
    const { run, asked } = host({ silent: 1, stderr });
    const error = await determineRootMode({ ...target, sudoPassword }, run).catch(
      (e: unknown) => e,
    );
    assert.ok(error instanceof UpliftError);
    assert.equal(error.code, "sudo.refused");
    assert.match(error.message, /admin on node-1 \(10\.0\.0\.1:22\).*incorrect password attempt/);
    assert.doesNotMatch(error.message + error.remedy, /s3cret/);
    assert.equal(asked.length, sudoPassword === null ? 1 : 2);
  }
});

test("tells sudo's refusal from a command's failure", () => {
  const refusals: Array<[number, string]> = [
    [1, "sudo: a password is required\n"],
    [1, "sudo: a terminal is required to read the password; either use the -S option\n"],
    [1, "sudo: 3 incorrect password attempts\n"],
    [1, "Sorry, user admin is not allowed to execute '/usr/bin/env' as root on node-1.\n"],
    [1, "admin is not in the sudoers file.\n"],
    [127, "env: 'sudo': No such file or directory\n"],
  ];
  for (const [code, stderr] of refusals) {
    assert.equal(isSudoRefusal("sudo", code, stderr), true, stderr);
    assert.equal(isSudoRefusal("direct", code, stderr), false, stderr);
  }
  assert.equal(isSudoRefusal("sudo", 1, "Error: No such container: sudo\n"), false);
  assert.equal(isSudoRefusal("sudo", 0, "sudo: a password is required\n"), false);
  assert.equal(isSudoRefusal("sudo", 127, "env: 'docker': No such file or directory\n"), false);
});
