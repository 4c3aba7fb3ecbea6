import assert from "node:assert/strict";
import { test } from "node:test";
import { csv } from "./csv.ts";

test("separators, quotes and line ends stay within their cell", () => {
  assert.equal(
    csv([["a,b", 'say "no"', "two\nlines", null, 3]]),
    '"a,b","say ""no""","two\nlines",,3\r\n',
  );
});

test("nothing that a host has said is a formula when the file is opened", () => {
  for (const text of [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠A1",
  ]) {
    assert.match(csv([[text]]), /^"?'/, text);
  }
  assert.equal(csv([["a=1", -5]]), "a=1,-5\r\n");
});
