import assert from "node:assert/strict";
import { test } from "node:test";
import { auditAddress, auditQueryOf, auditTurned } from "./audit-query.ts";

const queryOf = (address: string) =>
  auditQueryOf(Object.fromEntries(new URL(address, "http://uplift").searchParams));

test("an address and its query say the same", () => {
  for (const address of [
    "/audit",
    "/audit?type=run&id=run_1&before=120",
    "/audit?type=run&sort=no&after=120",
  ]) {
    assert.equal(auditAddress(queryOf(address)), address);
  }
});

test("what makes no sense in an address is left out", () => {
  // After an entry means nothing to the newest first, and before one nothing to the oldest.
  for (const address of ["/audit?after=7", "/audit?before=x", "/audit?sort=who"]) {
    assert.equal(auditAddress(queryOf(address)), "/audit");
  }
  assert.equal(auditAddress(queryOf("/audit?sort=no&before=7")), "/audit?sort=no");
});

test("the other order begins at its first page", () => {
  const query = queryOf("/audit?type=run&before=120");
  assert.equal(auditTurned(query), "/audit?type=run&sort=no");
  assert.equal(auditTurned(queryOf(auditTurned(query))), "/audit?type=run");
});
