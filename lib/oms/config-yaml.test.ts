import assert from "node:assert/strict";
import { test } from "node:test";
import { parseOmsConfig } from "./config-yaml.ts";

const where = { host: "hz-1", path: "/data/config.yaml" };
const plain = `# OMS
oms_meta_host: 10.0.0.1
oms_meta_port: 2883
oms_meta_user: root@oms#obcluster
oms_meta_password: "p'#a s$s"
drc_rm_db: oms_rm
drc_cm_db: oms_cm
drc_cm_heartbeat_db: oms_cm_heartbeat_1
drc_user: drc
drc_password: other
cm_url: http://10.0.0.9:8088
cm_location: 1
cm_region: cn-hangzhou
cm_region_cn: 杭州
cm_is_default: true
cm_nodes:
 - 10.0.0.11
 - 10.0.0.12
tsdb_enabled: false
`;

test("reads the documented keys and keeps the password out of the facts", () => {
  const { facts, metaPassword } = parseOmsConfig(plain, where);
  assert.equal(facts.metaUser, "root@oms#obcluster");
  assert.deepEqual(facts.cmNodes, ["10.0.0.11", "10.0.0.12"]);
  assert.equal(metaPassword.reveal(), "p'#a s$s");
  assert.ok(!JSON.stringify({ facts, metaPassword }).includes("p'#a"));
});

test("quoting, order, comments, CRLF and a BOM do not change the fingerprint; a value does", () => {
  const { fingerprint } = parseOmsConfig(plain, where);
  const reordered = plain.split("\n").slice(1, 15).reverse().join("\r\n");
  const tail = plain.split("\n").slice(15).join("\r\n");
  const moved = `\uFEFF${reordered}\r\n${tail}`.replace("oms_rm", "'oms_rm'");
  assert.equal(parseOmsConfig(moved, where).fingerprint, fingerprint);
  const other = parseOmsConfig(plain.replace("oms_cm_heartbeat_1", "hb_2"), where);
  assert.notEqual(other.fingerprint, fingerprint);
});

/** Nine levels of ten aliases each: a billion values out of a few hundred bytes. */
const aliasBomb = `${plain}a0: &a0 x\n${Array.from(
  { length: 9 },
  (_, n) => `a${n + 1}: &a${n + 1} [${Array(10).fill(`*a${n}`).join(", ")}]`,
).join("\n")}\n`;

test("anchors in moderation are read as what they stand for", () => {
  const shared = plain
    .replace("drc_rm_db: oms_rm", "drc_rm_db: &name oms_rm")
    .replace("drc_cm_db: oms_cm", "drc_cm_db: *name");
  assert.equal(parseOmsConfig(shared, where).facts.cmDatabase, "oms_rm");
  const long = plain.replaceAll("\n", "\r\n");
  assert.equal(
    parseOmsConfig(`\uFEFF${long}`, where).fingerprint,
    parseOmsConfig(plain, where).fingerprint,
  );
});

test("says which key or line is wrong, and never shows a value", () => {
  const cases: [string, RegExp][] = [
    [plain.replace("drc_rm_db: oms_rm\n", ""), /missing: drc_rm_db/],
    [plain.replace("cm_location: 1", "cm_location: here"), /missing: cm_location/],
    [`${plain}cm_url: again\n`, /a key stands twice at line 20/],
    [plain.replace(" - 10.0.0.11", "\t- 10.0.0.11"), /at line 17|tab/],
    ["just text", /holds no keys/],
    ["", /holds no keys/],
    ["x".repeat(2_000_000), /larger than 1 MiB/],
    [plain.replace("drc_rm_db: oms_rm", "drc_rm_db:\toms_rm\n\tx: 1"), /at line \d+/],
    [plain.replace("drc_rm_db: oms_rm", "drc_rm_db: *nothing"), /an alias .* names no anchor/],
    [`${plain}---\n${plain}`, /more than one document/],
    [plain.replace("oms_rm", '"oms_rm'), /not closed at line|not valid YAML at line/],
    [aliasBomb, /aliases \(\*name\) unfold to more/],
    [Buffer.from(plain, "utf16le").toString("utf8"), /zero bytes: save it as UTF-8/],
  ];
  for (const [source, message] of cases) {
    assert.throws(
      () => parseOmsConfig(source, where),
      (error: Error) => {
        assert.match(error.message, message);
        assert.match(error.message, /hz-1/);
        assert.doesNotMatch(error.message, /p'#a/);
        return true;
      },
    );
  }
});

test("accepts cm_nodes as one comma-separated text and numbers as text", () => {
  const { facts } = parseOmsConfig(
    plain
      .replace(/cm_nodes:\n - 10.0.0.11\n - 10.0.0.12/, 'cm_nodes: "10.0.0.11,10.0.0.12"')
      .replace("2883", '"2883"'),
    where,
  );
  assert.deepEqual(facts.cmNodes, ["10.0.0.11", "10.0.0.12"]);
  assert.equal(facts.metaPort, 2883);
});
