import assert from "node:assert/strict";
import { test } from "node:test";
import type { Backup } from "./backup.ts";
import { judgeBackup } from "./backup-check.ts";

const stored = { compression: "none", textBytes: null } as const;
const data = { path: "/b/rm.sql", bytes: 10, sha256: "a".repeat(64), ...stored };
const objects = { path: "/b/rm.objects.sql", bytes: 3, sha256: "b".repeat(64), ...stored };
const backup = { data, objects } as Backup;
const verdict = (
  files: (typeof data)[],
  complaint: { missing: boolean; text: string } | null = null,
) => judgeBackup(backup, { files, complaint });

test("files that are as they were are whole", () => {
  assert.equal(verdict([data, objects]).result, "whole");
  assert.equal(
    judgeBackup({ ...backup, objects: null }, { files: [data], complaint: null }).result,
    "whole",
  );
});

test("another size, another checksum or a file that was not read is told by name", () => {
  assert.deepEqual(verdict([{ ...data, bytes: 9 }, objects]), {
    result: "damaged",
    detail: "/b/rm.sql has 9 bytes instead of 10.",
  });
  const flipped = verdict([data, { ...objects, sha256: "c".repeat(64) }]);
  assert.equal(flipped.result, "damaged");
  assert.match(flipped.detail, /^\/b\/rm\.objects\.sql has the SHA-256 cccccccccccc…/);
  assert.equal(verdict([data]).result, "missing");
});

test("of a tool's words and the script's, the script's are told", () => {
  const text =
    "zstd: Decoding error (36)\nthe dump /b/rm.sql could not be read: zstd exited with 1\n";
  assert.equal(
    verdict([], { missing: false, text }).detail,
    "The dump /b/rm.sql could not be read: zstd exited with 1.",
  );
});

test("what the script complains about is what is said", () => {
  assert.deepEqual(verdict([], { missing: true, text: "there is no file /b/rm.sql\n" }), {
    result: "missing",
    detail: "There is no file /b/rm.sql.",
  });
  assert.equal(
    verdict([data], { missing: false, text: "the dump x lacks its closing line" }).result,
    "damaged",
  );
});
