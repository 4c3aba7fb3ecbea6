import assert from "node:assert/strict";
import { test } from "node:test";
import { ConfigInvalid, readConfig } from "./config.ts";

test("an empty environment gives a dashboard on loopback", () => {
  const config = readConfig({});
  assert.equal(config.origin, "http://127.0.0.1:3000");
  assert.equal(config.behindProxy, false);
  assert.ok(config.dataDir.startsWith("/"));
});

test("addresses become an origin that a browser would send", () => {
  const origin = (env: Record<string, string>) => readConfig(env).origin;
  assert.equal(origin({ UPLIFT_URL: "https://Uplift.example.com/" }), "https://uplift.example.com");
  assert.equal(origin({ UPLIFT_HOST: "0.0.0.0", UPLIFT_PORT: "80" }), "http://127.0.0.1:80");
  assert.equal(origin({ UPLIFT_HOST: "::1" }), "http://[::1]:3000");
});

test("runs are carried out unless the environment says otherwise", () => {
  const engine = (value?: string) => readConfig({ UPLIFT_ENGINE: value }).engine;
  assert.deepEqual([engine(), engine(""), engine("on"), engine("off")], [true, true, true, false]);
  assert.throws(() => engine("maybe"), /UPLIFT_ENGINE/);
});

test("every unusable variable is named, and no value is shown", () => {
  const env = {
    UPLIFT_PORT: "http",
    UPLIFT_URL: "ftp://x/y",
    UPLIFT_SECRET_KEY: "not-a-key",
    UPLIFT_LOG: "loud",
    DATABASE_URL: "postgresql://user:hunter22@db/x",
  };
  assert.throws(
    () => readConfig(env),
    (error) => {
      assert.ok(error instanceof ConfigInvalid);
      for (const name of Object.keys(env)) assert.match(error.message, new RegExp(name));
      assert.doesNotMatch(error.message, /not-a-key|hunter22/);
      return true;
    },
  );
});
