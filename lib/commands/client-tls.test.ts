import assert from "node:assert/strict";
import { test } from "node:test";
import type { DumpTool } from "#lib/domain/facts.ts";
import type { SecretId } from "#lib/domain/ids.ts";
import { type ServerTls, withoutTls } from "#lib/domain/tls.ts";
import type { TlsMode } from "#lib/domain/tls-modes.ts";
import { readDumpTools } from "#lib/oms/dump-tool.ts";
import { tlsOptions } from "./client-tls.ts";

const id = "sec_000000000000" as SecretId;
const [ca, client] = ["--ssl-ca=/dev/fd/7", ["--ssl-cert=/dev/fd/8", "--ssl-key=/dev/fd/8"]];
const none = "--plugin-dir=/nonexistent";
const loose = ["--ssl", "--skip-ssl-verify-server-cert"];
const strict = ["--ssl", ca, "--ssl-verify-server-cert"];

const cases: [DumpTool["tlsBy"], TlsMode, plain: string[], certified: string[]][] = [
  ["mode", "off", ["--ssl-mode=DISABLED"], ["--ssl-mode=DISABLED"]],
  ["mode", "preferred", ["--ssl-mode=PREFERRED"], ["--ssl-mode=PREFERRED"]],
  ["mode", "required", ["--ssl-mode=REQUIRED"], ["--ssl-mode=REQUIRED", ...client]],
  ["mode", "verify-ca", ["--ssl-mode=VERIFY_CA", ca], ["--ssl-mode=VERIFY_CA", ca, ...client]],
  [
    ...(["mode", "verify-full"] as const),
    ["--ssl-mode=VERIFY_IDENTITY", ca],
    ["--ssl-mode=VERIFY_IDENTITY", ca, ...client],
  ],
  ["switches", "off", ["--skip-ssl", none], ["--skip-ssl", none]],
  ["switches", "preferred", [...loose, none], [...loose, none]],
  ["switches", "required", loose, [...loose, ...client]],
  ["switches", "verify-ca", strict, [...strict, ...client]],
  ["switches", "verify-full", strict, [...strict, ...client]],
  // What has no options for it is left alone, or fails at an option that it does not know.
  ["nothing", "off", [], []],
  ["nothing", "preferred", [], []],
  ["nothing", "required", ["--ssl-mode=REQUIRED"], ["--ssl-mode=REQUIRED"]],
  ["nothing", "verify-full", ["--ssl-mode=VERIFY_IDENTITY"], ["--ssl-mode=VERIFY_IDENTITY"]],
];

test("each family of programs is told of each mode in its own words", () => {
  for (const [tlsBy, mode, plain, certified] of cases) {
    const tls: ServerTls = { ...withoutTls, mode, caId: id };
    assert.deepEqual(tlsOptions({ tlsBy }, tls), plain, `${tlsBy} ${mode}`);
    const more = { ...tls, certificateId: id, keyId: id };
    assert.deepEqual(tlsOptions({ tlsBy }, more), certified, `${tlsBy} ${mode}`);
  }
});

test("MySQL's programs are given the server's public key where there is no TLS", () => {
  const tls = { ...withoutTls, publicKeyId: id };
  assert.deepEqual(tlsOptions({ tlsBy: "mode" }, tls), [
    "--ssl-mode=DISABLED",
    "--server-public-key-path=/dev/fd/7",
  ]);
});

test("the programs' own help tells which family they are of", () => {
  const pair = (help: string) => `uplift-compressors \nuplift-tool\n/d\n/c\n9\n9\n${help}\n`;
  for (const [help, tlsBy] of [
    ["  --ssl-mode=name\n  --ssl-ca=name", "mode"],
    ["  --ssl-mode=name\n  --ssl-verify-server-cert", "mode"],
    ["  --ssl  Enable\n  --ssl-verify-server-cert \n", "switches"],
    ["  --quick", "nothing"],
  ] as const) {
    assert.equal(readDumpTools(pair(help), []).tools[0]?.tlsBy, tlsBy);
  }
});
