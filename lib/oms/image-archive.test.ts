import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesToLoad, readArchive } from "./image-archive.ts";

const path = "/data/oms.tar";
const answer = (stdout: string, more: { code?: number; stderr?: string } = {}) => ({
  code: more.code ?? 0,
  stdout,
  stderr: more.stderr ?? "",
});

test("the tags of an archive come from its manifest", () => {
  const json = JSON.stringify([
    { Config: "1.json", RepoTags: ["oms:feature_3.3.1-ce", "oms:latest"], Layers: [] },
    { Config: "2.json", RepoTags: null, Layers: [] },
  ]);
  assert.deepEqual(readArchive(path, answer(`1048576\n${json}\n`), false), {
    path,
    bytes: 1048576,
    compressed: false,
    isImage: true,
    references: ["oms:feature_3.3.1-ce", "oms:latest"],
    trouble: null,
  });
});

for (const [what, given, isImage, trouble] of [
  [
    "a tar archive of something else",
    answer("20\n", { code: 2, stderr: "tar: manifest.json: Not found in archive\ntar: Exiting" }),
    false,
    /docker save did not make it/,
  ],
  [
    "an archive that tar cannot unpack",
    answer("20\n", { code: 2, stderr: "tar (child): zstd: Cannot exec\ntar: Error" }),
    null,
    /zstd: Cannot exec/,
  ],
  ["a manifest that is no JSON", answer("20\n{"), false, /not JSON/],
  [
    "a manifest of another tool",
    answer('20\n{"schemaVersion":2}'),
    false,
    /not one of docker save/,
  ],
  ["an empty manifest", answer("20\n[]"), false, /not one of docker save/],
] as const) {
  test(`${what} is named`, () => {
    const facts = readArchive(path, given, true);
    assert.equal(facts.isImage, isImage);
    assert.match(facts.trouble ?? "", trouble);
  });
}

test("a compressed archive needs more room than its size", () => {
  assert.equal(bytesToLoad({ bytes: 100, compressed: true }), 300);
  assert.equal(bytesToLoad({ bytes: 100, compressed: false }), 111);
});
