import assert from "node:assert/strict";
import { test } from "node:test";
import { quote } from "#lib/commands/quote.ts";
import { Secret } from "#lib/domain/secret.ts";
import { Redactor } from "./redact.ts";
import { StreamRedactor } from "./redact-stream.ts";

const nasty = `p'a"s\\s wörd$(x)/密码+`;
const redactorOf = (...secrets: string[]) => {
  const redactor = new Redactor();
  redactor.register(...secrets.map((text) => new Secret(text)));
  return redactor;
};

test("a secret is masked in each encoding in which it may appear", () => {
  const redactor = redactorOf(nasty);
  const forms = [
    nasty,
    quote(nasty),
    JSON.stringify({ password: nasty }),
    encodeURIComponent(nasty),
    new URLSearchParams({ p: nasty }).toString(),
    Buffer.from(nasty).toString("base64"),
    `'${nasty.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll('"', '\\"')}'`,
  ];
  for (const form of forms) {
    const out = redactor.redact(`before ${form} after`);
    assert.ok(out.includes(Secret.mask), form);
    for (const part of ["wörd", "密码", "w%C3%B6rd", "cydhIn"]) {
      assert.equal(out.includes(part), false, `${part} in ${out}`);
    }
    assert.match(out, /^before .* after$/);
  }
});

test("overlapping secrets leave no rest", () => {
  assert.equal(redactorOf("abcd", "cdefgh").redact("xabcdefghx"), `x${Secret.mask}x`);
  assert.equal(redactorOf("aaaa").redact("aaaaaa"), Secret.mask);
});

test("empty and very short values are not registered", () => {
  const redactor = redactorOf("", "abc");
  redactor.register(null, undefined);
  assert.equal(redactor.redact("abc"), "abc");
});

test("certificates and public keys are no secrets", () => {
  const body = "MIIDBDCCAeygAwIBAgIBATANBgkqhkiG9w0BAQsFADA7";
  for (const label of ["CERTIFICATE", "PUBLIC KEY"]) {
    const pem = `-----BEGIN ${label}-----\n${body}\n${body}\n-----END ${label}-----\n`;
    assert.deepEqual(redactorOf(pem).forms, []);
  }
});

test("each line of a private key is masked", () => {
  const key = "-----BEGIN KEY-----\nMIIEpAIBAAKCAQEA\nq83vEjRWeJCrze8S\n-----END KEY-----\n";
  const out = redactorOf(key).redact("at q83vEjRWeJCrze8S: -----BEGIN KEY-----");
  assert.equal(out, `at ${Secret.mask}: -----BEGIN KEY-----`);
});

/** A small seeded generator: a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("a stream gives the same text however it is cut, and no secret gets out", () => {
  const secrets = ["hunter22", nasty, "aaaa", "line1 of it\nline2 of it", "ab\ncd"];
  const redactor = redactorOf(...secrets);
  const words = [
    ...secrets,
    "hunter2",
    "aaa",
    "\n",
    "\r\n",
    " ",
    "密",
    "é",
    "x".repeat(40),
    "ab\n",
  ];
  for (let seed = 1; seed <= 400; seed++) {
    const next = random(seed);
    let source = "";
    for (let i = 0; i < 30; i++) source += words[next(words.length)];
    const bytes = Buffer.from(source, "utf8");
    const stream = new StreamRedactor(redactor, 0, next(64));
    let out = "";
    let end = 0;
    for (let at = 0; at < bytes.length; ) {
      const size = 1 + next(12);
      const piece = stream.push(bytes.subarray(at, at + size)) ?? (next(4) ? null : stream.drain());
      at += size;
      if (!piece) continue;
      assert.ok(piece.sourceEnd > end && piece.sourceEnd <= bytes.length, `seed ${seed}`);
      // Taking the stream up again from here shows nothing that the first pass hid.
      const rest = new StreamRedactor(redactor, piece.sourceEnd);
      const again =
        (rest.push(bytes.subarray(piece.sourceEnd))?.text ?? "") + (rest.end()?.text ?? "");
      for (const secret of secrets) assert.equal(again.includes(secret), false, `seed ${seed}`);
      end = piece.sourceEnd;
      out += piece.text;
    }
    const last = stream.end();
    out += last?.text ?? "";
    if (last) end = last.sourceEnd;
    assert.equal(end, bytes.length, `seed ${seed}`);
    // Neighbouring masks may come out as one or as several.
    const squeeze = (text: string) => text.replaceAll(/•+/g, Secret.mask);
    assert.equal(squeeze(out), squeeze(redactor.redact(source)), `seed ${seed}`);
  }
});

test("a line is let through when it ends, an endless one in parts", () => {
  const stream = new StreamRedactor(redactorOf("hunter22"), 100, 10);
  assert.equal(stream.push(Buffer.from("wait hunt")), null);
  assert.deepEqual(stream.push(Buffer.from("er22\nmore")), {
    ...{ text: `wait ${Secret.mask}\n`, sourceEnd: 114 },
  });
  assert.deepEqual(stream.push(Buffer.from(" and more hun")), {
    ...{ text: "more and more ", sourceEnd: 128 },
  });
  assert.deepEqual(stream.end(), { text: "hun", sourceEnd: 131 });
  assert.equal(stream.end(), null);
});
