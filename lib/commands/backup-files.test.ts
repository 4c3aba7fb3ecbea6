import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  appendTo,
  backupFileExit,
  begunBytes,
  readBackupFile,
  removeFiles,
  settleCopy,
} from "./backup-files.ts";
import type { Command } from "./command.ts";

const hostile = [
  "plain",
  "a b",
  "it's",
  'say "x"',
  "$HOME",
  "`id`",
  "back\\slash",
  "-rf",
  "a;b&c|d",
  "数据",
];

let directory: string;
before(() => {
  directory = mkdtempSync(join(tmpdir(), "uplift-backup-files-"));
});
after(() => rmSync(directory, { recursive: true, force: true }));

function run(
  { argv: [file = "", ...rest] }: Command,
  input = "",
): { code: number | null; stdout: Buffer; stderr: string } {
  const { status, stdout, stderr } = spawnSync(file, rest, { input });
  return { code: status, stdout, stderr: stderr.toString() };
}

const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");

for (const name of hostile) {
  describe(`a file named ${name}`, () => {
    const content = "one\ntwo\0three";
    const inside = () => join(directory, `dir ${name}`);
    const part = () => join(inside(), `${name}.part`);
    const whole = () => join(inside(), name);

    test("is written in pieces, private, and read on from where it stands", () => {
      assert.equal(run(begunBytes(part())).stdout.toString(), "0\n");
      assert.equal(run(appendTo(inside(), part()), content.slice(0, 5)).code, 0);
      assert.equal(run(begunBytes(part())).stdout.toString(), "5\n");
      assert.equal(run(appendTo(inside(), part()), content.slice(5)).code, 0);
      assert.equal(statSync(inside()).mode & 0o777, 0o700);
      assert.equal(statSync(part()).mode & 0o777, 0o600);
      assert.equal(run(readBackupFile(part())).stdout.toString(), content);
      assert.equal(run(readBackupFile(part(), 4)).stdout.toString(), content.slice(4));
    });

    test("gets its name only with the right sum, and is removed with its directory", () => {
      assert.equal(run(settleCopy(part(), whole(), sha256(content))).code, 0);
      assert.equal(readFileSync(whole(), "utf8"), content);
      writeFileSync(part(), "damaged");
      const refused = run(settleCopy(part(), whole(), sha256(content)));
      assert.equal(refused.code, backupFileExit.differs);
      assert.match(refused.stderr, /has the SHA-256 [0-9a-f]{64}/);
      assert.ok(!existsSync(part()));
      assert.equal(readFileSync(whole(), "utf8"), content);
      assert.equal(run(removeFiles([whole(), part()], [inside()])).code, 0);
      assert.ok(!existsSync(inside()));
    });
  });
}

test("a file that is not there is told; one that cannot be removed, too; a directory with more in it stays", () => {
  assert.equal(run(readBackupFile(join(directory, "none"))).code, backupFileExit.missing);
  execFileSync("mkdir", ["-p", join(directory, "busy/inner")]);
  assert.notEqual(run(removeFiles([join(directory, "busy")], [])).code, 0);
  assert.equal(run(removeFiles([], [join(directory, "busy")])).code, 0);
  assert.ok(existsSync(join(directory, "busy/inner")));
});
