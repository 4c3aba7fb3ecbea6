import assert from "node:assert/strict";
import { test } from "node:test";
import { fenced, inline, plain } from "./markdown.ts";

test("plain text stays plain, whatever is in it", () => {
  assert.equal(plain("oms_330 *now* [x](y) _z_"), "oms_330 \\*now\\* \\[x\\](y) \\_z\\_");
  assert.equal(plain("one\n# two"), "one # two");
  assert.equal(plain("# one"), "\\# one");
  assert.equal(plain("杭州 10.0.0.1"), "杭州 10.0.0.1");
});

test("a fence is longer than what it holds", () => {
  assert.equal(fenced("sh", "echo 1"), "```sh\necho 1\n```");
  assert.equal(fenced("sh", "a ```` b"), "`````sh\na ```` b\n`````");
});

test("code in a sentence may hold backticks", () => {
  assert.equal(inline("dump.oms_rm"), "`dump.oms_rm`");
  assert.equal(inline("a`b"), "`` a`b ``");
});
