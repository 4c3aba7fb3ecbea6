import assert from "node:assert/strict";
import { test } from "node:test";
import { lineOfHash } from "./line-address.ts";

test("an address names a line, or none", () => {
  assert.equal(lineOfHash("#L1"), 1);
  assert.equal(lineOfHash("#L200000"), 200_000);
  for (const hash of ["", "#", "#L", "#L0", "#L-1", "#L1-2", "#l1", "#Lx", "#L1234567890"]) {
    assert.equal(lineOfHash(hash), null, hash);
  }
});
