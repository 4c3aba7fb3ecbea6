import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { createHosts } from "#lib/remote/hosts.ts";
import { type PrivateSshd, startPrivateSshd } from "#lib/remote/private-sshd.ts";
import { command } from "./command.ts";
import { commandLine, quote } from "./quote.ts";

/** Values that break naive quoting, each in its own way. */
const hostile = [
  "",
  " ",
  "two words",
  "'",
  "''",
  "it's",
  '"double"',
  "$HOME",
  "$IFS$9",
  "$(touch /tmp/never)",
  "`touch /tmp/never`",
  "back\\slash",
  "\\",
  "\\'",
  "trailing\\",
  "line\nbreak",
  "\n",
  "ends with newline\n",
  "carriage\r\nreturn",
  "tab\there",
  "*",
  "?",
  "[a-z]",
  "{a,b}",
  "~",
  "~root",
  "-n",
  "--help",
  "-",
  "#comment",
  "a;b",
  "a&b",
  "a&&b",
  "a|b",
  "<in",
  ">out",
  "(sub)",
  "!history",
  "!!",
  "a=b",
  "密碼 пароль 🔑",
  "\u0001\u007f\u0081\u0088",
  "%s%n",
  "'; rm -rf / #",
  "x".repeat(20_000),
];

/** Prints every argument followed by a NUL, which no argument can hold. */
const echo = ["printf", "%s\\0", ...hostile];
const expected = `${hostile.join("\0")}\0`;

test("leaves plain words as they are and quotes everything else", () => {
  assert.equal(quote("/data/oms:3.3.1,a@b%c+d_e-f"), "/data/oms:3.3.1,a@b%c+d_e-f");
  assert.equal(quote(""), "''");
  assert.equal(quote("it's"), "'it'\\''s'");
  assert.equal(commandLine(["docker", "run", "a b"]), "docker run 'a b'");
});

test("refuses a NUL byte", () => {
  assert.throws(() => quote("a\0b"), RangeError);
});

for (const shell of [["dash"], ["bash"], ["bash", "--posix"], ["sh"]]) {
  test(`round-trips hostile values through ${shell.join(" ")}`, () => {
    const [program = "sh", ...options] = shell;
    const output = execFileSync(program, [...options, "-c", commandLine(echo)]);
    assert.deepEqual(output.toString("utf8").split("\0"), expected.split("\0"));
  });
}

test("round-trips a command line inside a command line", () => {
  const inner = commandLine(echo);
  const output = execFileSync("dash", ["-c", commandLine(["bash", "-c", inner])]);
  assert.equal(output.toString("utf8"), expected);
});

describe("over SSH", () => {
  let sshd: PrivateSshd;
  const hosts = createHosts();
  before(async () => {
    sshd = await startPrivateSshd();
  });
  after(async () => {
    await hosts.close();
    await sshd[Symbol.asyncDispose]();
  });

  test("round-trips hostile values as a command's arguments", async () => {
    const host = hosts.connect(sshd.target);
    const result = await host.exec(command(...echo), { timeoutMs: 10_000 });
    assert.equal(result.stderr, "");
    assert.deepEqual(result.stdout.split("\0"), expected.split("\0"));
  });
});
