import assert from "node:assert/strict";
import { test } from "node:test";
import { isOfKind, levelOf } from "./line-kind.ts";

const level = (text: string, stream: "stdout" | "stderr" | "note" = "stdout") =>
  levelOf({ text, stream });

test("words of trouble are found wherever they stand", () => {
  assert.equal(level("mysqldump: Got error: 1045: Access denied for user"), "error");
  assert.equal(level("docker: Error response from daemon: Conflict"), "error");
  assert.equal(level("write /data/x.sql: no space left on device"), "error");
  assert.equal(level("[Warning] Using a password on the command line"), "warning");
});

test("a count of none, a command and the harmless error of OceanBase are no errors", () => {
  assert.equal(level("done, 0 errors"), null);
  assert.equal(level("errors: 0"), null);
  assert.equal(level("$ cat /home/admin/error.log", "note"), null);
  assert.equal(level("ERROR 1235 (0A000): Modify large text/lob column not supported"), "warning");
  assert.equal(level("terrorist"), null, "only whole words");
});

test("kinds are levels or streams", () => {
  const line = { text: "it failed", stream: "stderr" } as const;
  assert.deepEqual(
    (["errors", "troubles", "stdout", "stderr", "note"] as const).map((kind) =>
      isOfKind(line, kind),
    ),
    [true, true, false, true, false],
  );
});
