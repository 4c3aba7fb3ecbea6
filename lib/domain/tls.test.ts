import assert from "node:assert/strict";
import { test } from "node:test";
import { DatabaseServer } from "./inventory.ts";
import { TlsInput, withoutTls } from "./tls.ts";
import { missingParts, type TlsMode, type TlsPart } from "./tls-modes.ts";

const block = (label: string, body = "QUJD\nREVG") =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
const certificate = block("CERTIFICATE");

test("a server that was registered without a word about TLS is reached as it was", () => {
  const server = { host: "10.0.0.9", user: "root", passwordId: "sec_000000000000" };
  assert.deepEqual(DatabaseServer.parse(server).tls, withoutTls);
  assert.equal(withoutTls.mode, "off");
});

test("a document without a word about TLS takes what the server offers", () => {
  assert.equal(TlsInput.parse({}).mode, "preferred");
});

test("what is pasted is taken without what stands around it, line ends aside", () => {
  const pasted = `# the site's\r\n${certificate.replaceAll("\n", "\r\n")}\nnext:\n  ${certificate}`;
  const { ca, certificate: chain } = TlsInput.parse({ ca: pasted, certificate: ` ${certificate}` });
  assert.equal(ca, certificate + certificate);
  assert.equal(chain, certificate);
  const key = block("EC PARAMETERS") + block("EC PRIVATE KEY");
  assert.equal(TlsInput.parse({ key }).key, block("EC PRIVATE KEY"));
});

test("nothing keeps what is stored, null forgets it", () => {
  const { ca, key, publicKey } = TlsInput.parse({ ca: " \n", key: null });
  assert.deepEqual([ca, key, publicKey], [undefined, null, undefined]);
});

test("what is not PEM, or not what is wanted, is refused in words", () => {
  const traditional = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nQUJD";
  const cases: [TlsPart, string, RegExp][] = [
    ["ca", "/etc/mysql/ca.pem", /^Paste certificates in PEM/],
    ["ca", block("PRIVATE KEY"), /^Paste certificates in PEM/],
    ["certificate", certificate.slice(0, -8), /^Paste certificates in PEM/],
    ["key", certificate, /without a passphrase\.$/],
    ["key", block("ENCRYPTED PRIVATE KEY"), /without a passphrase\.$/],
    ["key", block("RSA PRIVATE KEY", traditional), /without a passphrase\.$/],
    ["publicKey", certificate, /^Paste the server's public key/],
    ["ca", "x".repeat(65_537), /64 KiB/],
  ];
  for (const [part, text, words] of cases) {
    const [issue] = TlsInput.safeParse({ [part]: text }).error?.issues ?? [];
    assert.deepEqual(issue?.path, [part]);
    assert.match(issue?.message ?? "", words);
  }
});

test("a mode is not complete without the parts that it needs", () => {
  const cases: [TlsMode, TlsPart[], TlsPart[]][] = [
    ["off", [], []],
    ["preferred", [], []],
    ["required", [], []],
    ["required", ["key"], ["certificate"]],
    ["verify-ca", [], ["ca"]],
    ["verify-full", ["ca"], []],
    ["verify-full", ["ca", "certificate"], ["key"]],
    ["verify-ca", ["ca", "certificate", "key"], []],
  ];
  for (const [mode, has, missing] of cases) {
    assert.deepEqual(
      missingParts(mode, (part) => has.includes(part)).map(({ part }) => part),
      missing,
      `${mode} ${has}`,
    );
  }
});
