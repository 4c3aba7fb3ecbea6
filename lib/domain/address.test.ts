import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalAddress, canonicalAddresses, sessionHost } from "./address.ts";

test("an address is one by its value, whatever its spelling", () => {
  for (const [text, expected] of [
    ["10.77.1.11", "10.77.1.11"],
    ["010.077.001.011", "10.77.1.11"],
    ["::ffff:10.77.1.11", "10.77.1.11"],
    ["FD00:0:0::00A1", "fd00::a1"],
    ["[fd00::a1]", "fd00::a1"],
    ["fe80::1%eth0", "fe80::1"],
    ["10.77.1.256", null],
    ["10.77.1", null],
    ["hz-1.corp", null],
    ["fd00::zz", null],
    ["", null],
  ] as const) {
    assert.equal(canonicalAddress(text), expected, text);
  }
  assert.deepEqual(canonicalAddresses(["fd00::1", "db", "10.0.0.1", "FD00::1"]), [
    "10.0.0.1",
    "fd00::1",
  ]);
});

test("a session's host is told without its port", () => {
  for (const [text, expected] of [
    ["10.77.1.11:40312", "10.77.1.11"],
    ["[fd00::1]:40312", "fd00::1"],
    ["FD00:0::1:40312", "fd00::1"],
    ["fd00::1", "fd00::1"],
    ["::ffff:10.77.1.11:40312", "10.77.1.11"],
    ["HZ-1.corp.example:4312", "hz-1.corp.example"],
    ["localhost", "localhost"],
    ["", ""],
  ] as const) {
    assert.equal(sessionHost(text), expected, text);
  }
});
