import assert from "node:assert/strict";
import { test } from "node:test";
import { compareUsers, readMetadbUser } from "./metadb-user.ts";

test("both spellings of a user are taken apart", () => {
  const expected = { name: "root", tenant: "oms", cluster: "ob 1" };
  assert.deepEqual(readMetadbUser("root@oms#ob 1"), expected);
  assert.deepEqual(readMetadbUser("ob 1:oms:root"), expected);
  assert.deepEqual(readMetadbUser("root@oms"), { name: "root", tenant: "oms", cluster: null });
  assert.deepEqual(readMetadbUser("oms"), { name: "oms", tenant: null, cluster: null });
});

test("another account is the same MetaDB, another tenant or cluster is not", () => {
  for (const [one, other, expected] of [
    ["root@oms#c1", "c1:oms:root", "same"],
    ["root@oms#c1", "uplift@oms#c1", "other-account"],
    ["root@oms#c1", "root@oms", "unsaid"],
    ["root@oms#c1", "root@oms2#c1", "other-tenant"],
    ["root@oms#c1", "root@oms#c2", "other-tenant"],
    ["root@oms#c1", "root", "other-tenant"],
    ["oms", "oms", "same"],
    ["oms", "uplift", "other-account"],
  ] as const) {
    assert.equal(compareUsers(one, other), expected, `${one} and ${other}`);
    assert.equal(compareUsers(other, one), expected, `${other} and ${one}`);
  }
});
