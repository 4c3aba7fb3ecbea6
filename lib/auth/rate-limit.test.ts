import assert from "node:assert/strict";
import { test } from "node:test";
import { isOwnOrigin } from "./origin.ts";
import { RateLimit } from "./rate-limit.ts";

test("a key may do so much in a window, other keys are not disturbed", () => {
  const limit = new RateLimit(2, 1000);
  assert.equal(limit.take("a", 0), 0);
  assert.equal(limit.take("a", 400), 0);
  assert.equal(limit.take("a", 500), 500);
  assert.equal(limit.take("b", 500), 0);
  // A refused attempt does not prolong the wait.
  assert.equal(limit.take("a", 1001), 0);
  assert.equal(limit.take("a", 1002), 398);
  limit.clear("a");
  assert.equal(limit.take("a", 1003), 0);
});

test("which origins are ours", () => {
  const local = { origin: "http://127.0.0.1:3000", behindProxy: false };
  const proxied = { origin: "https://uplift.example.com", behindProxy: true };
  const table: [typeof local, string | null, string, boolean][] = [
    [local, "http://127.0.0.1:3000", "127.0.0.1:3000", true],
    [local, "http://localhost:3000", "localhost:3000", true],
    [local, "http://10.0.0.5:3000", "10.0.0.5:3000", true],
    [local, "http://evil.example", "127.0.0.1:3000", false],
    [local, "http://127.0.0.1:4000", "127.0.0.1:3000", false],
    [local, null, "127.0.0.1:3000", false],
    [local, "null", "null", false],
    [proxied, "https://uplift.example.com", "10.0.0.5:3000", true],
    [proxied, "http://10.0.0.5:3000", "10.0.0.5:3000", false],
    [proxied, "http://uplift.example.com", "uplift.example.com", false],
  ];
  for (const [settings, origin, host, own] of table) {
    assert.equal(isOwnOrigin(origin, host, settings), own, `${origin} at ${host}`);
  }
});
