import assert from "node:assert/strict";
import { test } from "node:test";
import { contentSecurityPolicy } from "./security-headers.ts";

test("scripts need the nonce, and are evaluated from text only in development", () => {
  const policy = contentSecurityPolicy({ nonce: "abc", dev: false });
  assert.match(policy, /script-src 'self' 'nonce-abc' 'strict-dynamic';/);
  assert.doesNotMatch(policy, /unsafe-eval/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.match(contentSecurityPolicy({ nonce: "abc", dev: true }), /'unsafe-eval'/);
});

test("inline scripts are never allowed without a nonce", () => {
  const script = contentSecurityPolicy({ nonce: "abc", dev: true })
    .split("; ")
    .find((part) => part.startsWith("script-src"));
  assert.doesNotMatch(script ?? "", /unsafe-inline/);
});
